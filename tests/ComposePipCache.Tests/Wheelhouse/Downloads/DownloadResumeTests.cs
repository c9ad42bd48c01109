using ComposePipCache.TestIndex;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

public class DownloadResumeTests
{
    private const int Place = 1_234_567;

    private static readonly FaultEffect Close = new() { Cut = Cut.Close, CutAfterBytes = Place };

    [Fact]
    public async Task A_file_is_fetched_once()
    {
        await using var home = await DownloadHome.StartAsync();

        var stored = await home.FetchAsync();

        home.ShouldHold(stored);
        (await home.FetchAsync()).ShouldBe(stored);
        home.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_download_goes_on_where_the_connection_ended()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(Close);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Select(entry => entry.Range).ShouldBe([null, $"bytes={Place}-"]);
        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
        home.Time.PausesInSeconds.ShouldHaveSingleItem().ShouldBeInRange(1, 1.25);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Place)]
    public async Task A_reset_connection_is_no_end(int place)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Reset, CutAfterBytes = place }, times: 3);

        home.ShouldHold(await home.FetchAsync());
    }

    [Fact]
    public async Task A_line_that_dies_again_and_again_but_brings_something_is_used_to_the_end()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Close, CutAfterBytes = 200_000 }, times: null);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Count.ShouldBe((DownloadHome.Bytes.Length / 200_000) + 1);
        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
        home.Time.PausesInSeconds.ShouldAllBe(pause => pause >= 1 && pause < 1.25);
    }

    [Fact]
    public async Task The_next_process_goes_on_where_the_last_one_ended()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(Close);
        var impatient = home.Downloader(new DownloadOptions { Retries = 0, StallTimeout = TimeSpan.FromHours(1) });

        var error = await Should.ThrowAsync<DownloadException>(
            () => impatient.FetchAsync(home.Request, DownloadHome.Token));
        var stored = await home.FetchAsync();

        error.Kind.ShouldBe(DownloadFailureKind.Interrupted);
        error.Progress.ShouldBe(new DownloadProgress(Place, DownloadHome.Bytes.Length));
        error.Problem.Hint.ShouldBe("1.2 of 2.9 MiB are kept; run the command again to go on");
        home.ShouldHold(stored);
        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
    }

    [Fact]
    public async Task A_part_that_is_whole_costs_no_request()
    {
        await using var home = await DownloadHome.StartAsync();
        await InterruptAsync(home);
        await File.WriteAllBytesAsync(PartOf(home), DownloadHome.Bytes, DownloadHome.Token);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_part_that_a_power_cut_spoilt_is_fetched_anew()
    {
        await using var home = await DownloadHome.StartAsync();
        await InterruptAsync(home);
        await File.WriteAllBytesAsync(PartOf(home), new byte[Place], DownloadHome.Token);

        home.ShouldHold(await home.FetchAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"formatVersion": 99}""")]
    public async Task A_part_nobody_knows_anything_about_is_fetched_anew(string journal)
    {
        await using var home = await DownloadHome.StartAsync();
        await InterruptAsync(home);
        await File.WriteAllTextAsync(Path.ChangeExtension(PartOf(home), ".json"), journal, DownloadHome.Token);

        var stored = await home.FetchAsync();

        stored.Sha256.ShouldBe(DownloadHome.Sha256);
        home.Log[^1].Range.ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_changed_in_between_starts_anew()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(Close);
        home.Fault(new FaultEffect { ETag = "\"version-{n}\"" }, times: null);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Select(entry => (entry.Range, entry.Status)).ShouldBe([(null, 200), ($"bytes={Place}-", 200)]);
    }

    [Fact]
    public async Task A_server_that_sends_no_parts_sends_the_whole()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(Close);
        home.Fault(new FaultEffect { RefuseRange = true }, times: null);

        home.ShouldHold(await home.FetchAsync());
    }

    [Fact]
    public async Task A_part_from_another_place_is_not_joined()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(Close);
        home.Fault(new FaultEffect { ContentRangeDelta = -1 }, after: 1);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Select(entry => entry.Range).ShouldBe([null, $"bytes={Place}-", null]);
    }

    [Fact]
    public async Task Without_a_promised_digest_no_process_goes_on_with_the_part_of_another()
    {
        await using var home = await DownloadHome.StartAsync();
        var request = home.Request with { Sha256 = null };
        home.Fault(Close);
        var impatient = home.Downloader(new DownloadOptions { Retries = 0, StallTimeout = TimeSpan.FromHours(1) });

        var error = await Should.ThrowAsync<DownloadException>(() => impatient.FetchAsync(request, DownloadHome.Token));
        var stored = await home.FetchAsync(request);

        error.Progress.Kept.ShouldBe(0);
        home.ShouldHold(stored);
        home.Log[^1].Range.ShouldBeNull();
    }

    [Fact]
    public async Task What_had_come_when_the_user_gave_up_is_kept()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Stall, CutAfterBytes = Place });
        using var cancellation = new CancellationTokenSource();
        var progress = new Observer(now =>
        {
            if (now.Kept == Place)
            {
                cancellation.Cancel();
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(
            () => home.Downloader().FetchAsync(home.Request with { Progress = progress }, cancellation.Token));

        home.ShouldHold(await home.FetchAsync());
        home.Log[^1].Range.ShouldBe($"bytes={Place}-");
    }

    [Fact]
    public async Task Of_several_downloads_of_one_file_at_once_one_pays()
    {
        await using var home = await DownloadHome.StartAsync();
        using var other = WheelhouseStore.Open(home.Root);
        using var client = FileDownloader.CreateClient(TimeSpan.FromSeconds(10), isProxied: false);
        var second = new FileDownloader(other, client, new DownloadOptions(), TimeProvider.System);

        var stored = await Task.WhenAll(
            home.Downloader(time: TimeProvider.System).FetchAsync(home.Request, DownloadHome.Token),
            home.Downloader(time: TimeProvider.System).FetchAsync(home.Request, DownloadHome.Token),
            second.FetchAsync(home.Request, DownloadHome.Token));

        stored.Distinct().Count().ShouldBe(1);
        home.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Parts_that_nobody_went_on_with_are_swept()
    {
        await using var home = await DownloadHome.StartAsync();
        await InterruptAsync(home);

        home.Downloader();
        home.Parts("*.part").Length.ShouldBe(1);
        File.SetLastWriteTimeUtc(PartOf(home), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        home.Downloader();

        home.ShouldHoldNoParts();
    }

    private static async Task InterruptAsync(DownloadHome home)
    {
        home.Fault(Close);
        var impatient = home.Downloader(new DownloadOptions { Retries = 0, StallTimeout = TimeSpan.FromHours(1) });
        await Should.ThrowAsync<WheelhouseException>(() => impatient.FetchAsync(home.Request, DownloadHome.Token));
    }

    private static string PartOf(DownloadHome home) => home.Parts("*.part").Single();

    private sealed class Observer(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
