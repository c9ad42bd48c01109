using ComposePipCache.TestIndex;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

/// <summary>A long file comes in pieces, several at a time.</summary>
public class DownloadPiecesTests
{
    private const int PieceSize = 256 * 1024;

    private static readonly DownloadOptions Options = new()
    {
        StallTimeout = TimeSpan.FromHours(1),
        PieceSize = PieceSize,
    };

    private static int PieceCount => (DownloadHome.Bytes.Length + PieceSize - 1) / PieceSize;

    [Fact]
    public async Task Each_piece_is_asked_for_once_and_the_file_is_right()
    {
        await using var home = await DownloadHome.StartAsync();

        home.ShouldHold(await FetchAsync(home));

        home.Log.Count.ShouldBe(PieceCount);
        home.Log.ShouldAllBe(entry => entry.Status == 206 && entry.BodyBytes <= PieceSize);
        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
    }

    [Fact]
    public async Task Several_are_on_their_way_at_once()
    {
        await using var home = await DownloadHome.StartAsync();
        // Nobody gets an answer before all three have asked that follow the first.
        home.Fault(new FaultEffect { DelayMilliseconds = 100 }, times: null);

        await FetchAsync(home);

        home.Log.Select(entry => entry.Connection).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_server_without_ranges_sends_the_file_in_one_piece(int after)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { RefuseRange = true }, after, times: null);

        home.ShouldHold(await FetchAsync(home));

        home.Log.Count(entry => entry.Status == 200).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_content_that_changes_is_never_mixed()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { ETag = "\"{n}\"" }, times: null);

        home.ShouldHold(await FetchAsync(home));
    }

    [Theory]
    [InlineData(Cut.Reset)]
    [InlineData(Cut.Close)]
    public async Task What_came_of_a_piece_that_was_cut_is_kept(Cut cut)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = cut, CutAfterBytes = PieceSize / 2 }, after: 2, times: 3);

        home.ShouldHold(await FetchAsync(home));

        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(1000)]
    [InlineData(10 * PieceSize)]
    public async Task A_size_that_a_page_got_wrong_does_no_harm(int error)
    {
        await using var home = await DownloadHome.StartAsync();

        home.ShouldHold(await FetchAsync(home, DownloadHome.Bytes.Length + error));

        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
    }

    [Fact]
    public async Task A_piece_with_another_byte_is_not_believed()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { FlipAt = 2_000_000 }, times: null);

        await Should.ThrowAsync<DigestMismatchException>(() => FetchAsync(home));

        home.Store.List().ShouldBeEmpty();
        home.ShouldHoldNoParts();
        home.Parts("*.piece").ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_process_goes_on_with_the_pieces()
    {
        await using var home = await DownloadHome.StartAsync();
        using var ending = new CancellationTokenSource();
        var progress = new Watcher(1_500_000, ending);
        await Should.ThrowAsync<OperationCanceledException>(() => home.Downloader(Options).FetchAsync(
            home.Request with { Size = DownloadHome.Bytes.Length, Progress = progress }, ending.Token));

        home.ShouldHold(await FetchAsync(home));

        home.Parts("*.piece").ShouldBeEmpty();
        home.BodyBytes.ShouldBeLessThan(2L * DownloadHome.Bytes.Length);
    }

    [Fact]
    public async Task A_server_that_dies_leaves_all_that_came_to_the_next_try()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 1000 }, after: 6, times: null);
        var error = await Should.ThrowAsync<DownloadException>(() => FetchAsync(home));
        home.Index.ClearFaults();

        home.ShouldHold(await FetchAsync(home));

        error.Kind.ShouldBe(DownloadFailureKind.Interrupted);
        home.BodyBytes.ShouldBe(DownloadHome.Bytes.Length);
    }

    private static Task<StoredFile> FetchAsync(DownloadHome home, long? size = null) =>
        home.Downloader(Options).FetchAsync(
            home.Request with { Size = size ?? DownloadHome.Bytes.Length }, DownloadHome.Token);

    private sealed class Watcher(long bytes, CancellationTokenSource end) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Kept >= bytes)
            {
                end.Cancel();
            }
        }
    }
}
