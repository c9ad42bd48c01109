using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Pruning;
using ComposePipCache.Wheelhouse.Verification;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Pruning;

public sealed class WheelhousePruneTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly StockedHome _stock;

    public WheelhousePruneTests() => _stock = new StockedHome(_home.Store);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_file_that_somebody_reads_is_read_to_its_end()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        await using var reader = File.OpenRead(file.Path);

        Prune(new PruneLimits()).Bytes.ShouldBe(7);

        File.Exists(file.Path).ShouldBeFalse();
        (await new StreamReader(reader).ReadToEndAsync(StoreHome.Token)).ShouldBe("content");
    }

    [Fact]
    public async Task Locks_stay_and_tell_what_to_fetch()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        var written = await _stock.LockAsync("web", day: 1, file);

        Prune(new PruneLimits());

        _stock.Locks.Find(written.Key).Record.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_half_that_is_being_downloaded_stays()
    {
        var free = await _stock.AddHalfAsync("free-1.0-py3-none-any.whl", "free", day: 1);
        var taken = await _stock.AddHalfAsync("taken-1.0-py3-none-any.whl", "taken", day: 1);
        using (_stock.Download(taken))
        {
            var result = Prune(new PruneLimits());

            result.Removed.ShouldHaveSingleItem().Half!.Key.ShouldBe(free);
            result.Kept.ShouldHaveSingleItem().Half!.Key.ShouldBe(taken);
        }

        _stock.Inventory.HalfDownloads.ShouldHaveSingleItem().Key.ShouldBe(taken);
    }

    [Fact]
    public async Task Two_prunes_at_once_do_not_mind_each_other()
    {
        await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        var chosen = PruneCandidate.Of(_stock.Inventory);

        WheelhousePrune.Remove(_home.Store, chosen, StoreHome.Token);
        WheelhousePrune.Remove(_home.Store, chosen, StoreHome.Token);

        _stock.Inventory.Packages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_adds_files_and_one_that_prunes_them_do_not_hinder_each_other()
    {
        using var other = StoreProcess.Start("add", _home.Root, "1");
        (await other.ReadLineAsync()).ShouldBe("ready");
        var removed = 0;
        while (removed < 50)
        {
            // A line for each file that is stored: the other one is alive.
            (await other.ReadLineAsync())!.ShouldEndWith(".whl");
            removed += Prune(new PruneLimits()).Removed.Count;
        }

        other.Kill();
        await other.FinishAsync();
        (await new WheelhouseCheck(_home.Store, _stock.Inventory).RunAsync(progress: null, StoreHome.Token))
            .ShouldAllBe(finding => finding.Kind == FileFindingKind.Missing);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_even_looked_at()
    {
        await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);

        SizeLimit.Keep(_home.Store, maxSize: null, StockedHome.Day(5), StoreHome.Token).ShouldBeNull();
        SizeLimit.Keep(_home.Store, maxSize: 7, StockedHome.Day(5), StoreHome.Token).ShouldBeNull();

        _stock.Inventory.Packages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_size_is_kept_by_what_was_not_used_longest_and_is_said_in_a_line()
    {
        var old = await _stock.AddAsync("old-1.0-py3-none-any.whl", "12345678", day: 1);
        var used = await _stock.AddAsync("used-1.0-py3-none-any.whl", "1234567", day: 2);
        await _stock.AddAsync("lone-1.0-py3-none-any.whl", "123456", day: 3);
        await _stock.LockAsync("web", day: 2, old);
        await _stock.LockAsync("api", day: 4, used);

        var result = SizeLimit.Keep(_home.Store, maxSize: 10, StockedHome.Day(5), StoreHome.Token)!;

        _stock.Inventory.Packages.ShouldHaveSingleItem().Project.ShouldBe("used");
        result.Size.ShouldBe(7);
        result.Text.ShouldBe("max-size 10 B: 2 files (14 B) unused for the longest time went");
    }

    [Fact]
    public async Task What_the_command_used_or_added_stays_even_where_it_is_too_much()
    {
        var offered = await _stock.AddAsync("offered-1.0-py3-none-any.whl", "12345678", day: 1);
        await _stock.AddAsync("added-1.0-py3-none-any.whl", "1234567", day: 6);
        await _stock.AddAsync("other-1.0-py3-none-any.whl", "123456", day: 2);
        await _stock.LockAsync("web", day: 5, offered);

        var result = SizeLimit.Keep(_home.Store, maxSize: 10, StockedHome.Day(5), StoreHome.Token)!;

        _stock.Inventory.Packages.Select(one => one.Project).ShouldBe(["added", "offered"]);
        result.Text.ShouldBe(
            "max-size 10 B: 1 file (6 B) unused for the longest time went; "
            + "the wheelhouse takes 15 B: this command alone needs more than max-size");
    }

    [Fact]
    public async Task A_file_that_came_a_moment_before_the_clock_says_so_counts_as_added()
    {
        var file = await _stock.AddAsync("new-1.0-py3-none-any.whl", "123456", day: 0);
        var started = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)).AddMilliseconds(4);

        SizeLimit.Keep(_home.Store, maxSize: 1, started, StoreHome.Token)!.Pruned.Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_downloads_count_and_go_like_files_that_a_lock_names()
    {
        await _stock.AddHalfAsync("half-1.0-py3-none-any.whl", "12345678", day: 2);
        var file = await _stock.AddAsync("old-1.0-py3-none-any.whl", "1234", day: 1);
        await _stock.LockAsync("web", day: 1, file);

        SizeLimit.Keep(_home.Store, maxSize: 8, StockedHome.Day(5), StoreHome.Token)!.Size.ShouldBe(8);

        _stock.Inventory.Packages.ShouldBeEmpty();
        _stock.Inventory.HalfDownloads.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(10 * 1024 - 1, "9.9 KiB")]
    [InlineData(10 * 1024, "10 KiB")]
    [InlineData(1024 * 1024 - 1, "1023 KiB")]
    [InlineData(5L << 30, "5.0 GiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Sizes_are_short(long bytes, string expected) => ByteText.Of(bytes).ShouldBe(expected);

    private PruneResult Prune(PruneLimits limits) => WheelhousePrune.Remove(
        _home.Store, PrunePlan.Decide(PruneCandidate.Of(_stock.Inventory), limits), StoreHome.Token);
}
