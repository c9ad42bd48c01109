using ComposePipCache.Wheelhouse.Locks;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Locks;

public sealed class LayerRecordsTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly LayerRecords _layers;

    public LayerRecordsTests() => _layers = new LayerRecords(_home.Store);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task How_a_layer_was_made_last_is_remembered()
    {
        var record = new LayerRecord
        {
            Layer = "sha256:any text",
            Mode = LayerMode.Online,
            RecordedAt = new DateTimeOffset(2026, 8, 1, 12, 30, 0, TimeSpan.Zero),
        };
        var second = record with { Mode = LayerMode.Suspect, LockKey = LockSamples.Key };

        await _layers.WriteAsync(record, StoreHome.Token);
        await _layers.WriteAsync(second, StoreHome.Token);

        _layers.Find("sha256:any text").ShouldBe(new RecordLookup<LayerRecord>(second, null));
        _layers.Find("sha256:another").Record.ShouldBeNull();
        _layers.Remove("sha256:any text");
        _layers.Find("sha256:any text").Record.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_was_begun_is_remembered_without_credentials()
    {
        var record = new LayerRecord
        {
            Layer = "sha256:any text",
            Mode = LayerMode.Online,
            RecordedAt = DateTimeOffset.UnixEpoch,
            Pending = LockSamples.Full with { Indexes = ["https://me:secret@index.example/simple"] },
        };

        await _layers.WriteAsync(record, StoreHome.Token);

        var pending = _layers.Find("sha256:any text").Record!.Pending!;
        pending.Key.ShouldBe(LockSamples.Full.Key);
        pending.Files.Count.ShouldBe(LockSamples.Full.Files.Count);
        pending.Indexes.ShouldHaveSingleItem().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_record_under_the_name_of_another_is_not_believed()
    {
        await _layers.WriteAsync(
            new LayerRecord { Layer = "one", Mode = LayerMode.Offline, RecordedAt = DateTimeOffset.UnixEpoch },
            StoreHome.Token);
        var folder = Path.Combine(_home.Root, "layers");
        File.Move(Directory.GetFiles(folder).Single(), Path.Combine(folder, StoreHome.Sha("two") + ".json"));

        _layers.Find("two").Problem!.Code.ShouldBe("wheelhouse-record-damaged");
    }
}
