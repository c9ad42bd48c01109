using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>How one kind of record is written, and which records are believed.</summary>
/// <remarks>A record that is not valid for its key counts as damaged.</remarks>
internal sealed record RecordFormat<T>(JsonTypeInfo<T> Type, int Version, Func<T, string, bool> IsValid)
    where T : class
{
    private const string VersionMember = "formatVersion";

    public RecordReading<T> Parse(byte[] content, string path, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var version = document.RootElement.GetProperty(VersionMember).GetInt32();
            if (version != Version)
            {
                return RecordReading<T>.Unreadable(WheelhouseErrors.RecordVersion(path, version, Version));
            }

            var record = document.Deserialize(Type);
            return record is not null && IsValid(record, key)
                ? RecordReading<T>.Good(record)
                : RecordReading<T>.Damaged(path, "its content contradicts its name or itself");
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return RecordReading<T>.Damaged(path, error.Message);
        }
    }
}
