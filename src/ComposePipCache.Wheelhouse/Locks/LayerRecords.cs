using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>How the layers of pip steps were made: one layer serves all modes, so no build cache can tell.</summary>
public sealed class LayerRecords(WheelhouseStore store)
{
    private static readonly RecordFormat<LayerRecord> Format = new(
        ReadableJson.Locks.LayerRecord,
        LayerRecord.CurrentFormat,
        (record, key) => KeyOf(record.Layer) == key && (record.LockKey is null || Sha256Text.IsValid(record.LockKey))
            && (record.Pending is null || LockRules.IsValid(record.Pending, record.Pending.Key)));

    private readonly RecordFolder<LayerRecord> _records = new(store.Layout.Layers, Format, store.Writer);

    public RecordLookup<LayerRecord> Find(string layer) => _records.Find(KeyOf(layer));

    /// <summary>All that can be read.</summary>
    public IEnumerable<LayerRecord> List() =>
        _records.Keys().Select(key => _records.Find(key).Record).OfType<LayerRecord>();

    /// <summary>Replaces what was known about the layer.</summary>
    public Task WriteAsync(LayerRecord record, CancellationToken cancellationToken) => _records.WriteAsync(
        KeyOf(record.Layer),
        record with
        {
            FormatVersion = LayerRecord.CurrentFormat,
            RecordedAt = record.RecordedAt.ToUniversalTime(),
            LockKey = record.LockKey is null ? null : Sha256Text.Normalize(record.LockKey),
            Pending = record.Pending is null ? null : LockRules.Tidy(record.Pending),
        },
        cancellationToken);

    public void Remove(string layer) => _records.Remove(KeyOf(layer));

    private static string KeyOf(string layer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(layer)));
}
