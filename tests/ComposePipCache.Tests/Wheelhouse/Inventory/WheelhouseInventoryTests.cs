using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Inventory;

public sealed class WheelhouseInventoryTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly StockedHome _stock;

    public WheelhouseInventoryTests() => _stock = new StockedHome(_home.Store);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_wheelhouse_that_is_not_there_is_empty()
    {
        var inventory = _stock.Inventory;

        inventory.Packages.ShouldBeEmpty();
        inventory.HalfDownloads.ShouldBeEmpty();
        inventory.Locks.ShouldBeEmpty();
        Directory.Exists(_home.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task Files_come_by_normalised_name_and_by_version_as_pip_orders_it()
    {
        string[] names =
        [
            "zope.interface-5.0-py3-none-any.whl", "Foo_Bar-1.10-py3-none-any.whl", "foo-bar-1.9.tar.gz",
            "foo_bar-1.10rc1-py3-none-any.whl", "odd.zip",
        ];
        foreach (var name in names)
        {
            await _stock.AddAsync(name, name, day: 1);
        }

        _stock.Inventory.Packages.Select(one => $"{one.Project} {one.Version?.Text}").ShouldBe(
            ["foo-bar 1.9", "foo-bar 1.10rc1", "foo-bar 1.10", "odd.zip ", "zope-interface 5.0"]);
    }

    [Fact]
    public async Task A_file_was_used_when_it_came_or_when_a_lock_that_names_it_was_used()
    {
        var old = await _stock.AddAsync("old-1.0-py3-none-any.whl", "old", day: 1);
        var fresh = await _stock.AddAsync("fresh-1.0-py3-none-any.whl", "fresh", day: 9);
        await _stock.AddAsync("lone-1.0-py3-none-any.whl", "lone", day: 3);
        await _stock.LockAsync("shop/web", day: 2, old);
        await _stock.LockAsync("shop/worker", day: 7, old, fresh);

        _stock.Inventory.Packages
            .Select(one => (one.Project, one.LastUsedAt, string.Join(' ', one.Labels), one.IsReferenced))
            .ShouldBe(
            [
                ("fresh", StockedHome.Day(9), "shop/worker", true),
                ("lone", StockedHome.Day(3), "", false),
                ("old", StockedHome.Day(7), "shop/web shop/worker", true),
            ]);
    }

    [Fact]
    public async Task A_wheel_is_built_where_any_lock_says_so()
    {
        var built = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "built", day: 1);
        await _stock.LockAsync("one", day: 1, LockedFileKind.Built, built);
        await _stock.LockAsync("two", day: 1, LockedFileKind.Wheel, built);
        await _stock.AddAsync("foo-1.0.tar.gz", "sdist", day: 1);
        await _stock.AddAsync("bar-1.0-py3-none-any.whl", "bar", day: 1);

        _stock.Inventory.Packages.Select(one => one.Kind).ShouldBe(
            [LockedFileKind.Wheel, LockedFileKind.Built, LockedFileKind.Sdist]);
    }

    [Fact]
    public async Task A_content_counts_as_named_under_each_of_its_names()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "same", day: 1);
        await _stock.AddAsync("foo-1.0-py2.py3-none-any.whl", "same", day: 1);
        await _stock.LockAsync("web", day: 2, file);

        _stock.Inventory.Packages.Select(one => one.IsReferenced).ShouldBe([true, true]);
    }

    [Fact]
    public async Task A_run_that_was_begun_holds_what_it_was_offered()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "foo", day: 1);
        await new LayerRecords(_home.Store).WriteAsync(
            new LayerRecord
            {
                Layer = "layer",
                Mode = LayerMode.Online,
                RecordedAt = StockedHome.Start,
                Pending = StockedHome.Lock("web", kind: null, [file]),
            },
            StoreHome.Token);

        var package = _stock.Inventory.Packages.ShouldHaveSingleItem();

        package.IsReferenced.ShouldBeTrue();
        package.Labels.ShouldBe(["web"]);
        _stock.Inventory.Locks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_without_a_label_goes_by_the_start_of_its_key()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "foo", day: 1);
        var written = await _stock.LockAsync(label: null, day: 1, file);

        _stock.Inventory.Packages[0].Labels.ShouldBe([written.Key[..12]]);
    }

    [Fact]
    public async Task A_half_download_is_told_with_its_name_and_size()
    {
        var key = await _stock.AddHalfAsync("foo-1.0-py3-none-any.whl", "half of it", day: 4);

        _stock.Inventory.HalfDownloads.ShouldBe(
            [new HalfDownload(key, "foo-1.0-py3-none-any.whl", 10, StockedHome.Day(4))]);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_is_a_problem_and_not_the_end()
    {
        var written = await _stock.LockAsync("web", day: 1);
        await File.WriteAllTextAsync(Path.Combine(_home.Root, "locks", written.Key + ".json"), "{", StoreHome.Token);

        var inventory = _stock.Inventory;

        inventory.Locks.ShouldBeEmpty();
        inventory.Problems.ShouldHaveSingleItem().Code.ShouldBe("wheelhouse-record-damaged");
    }

    [Theory]
    [InlineData("shop/web", "web", true)]
    [InlineData("shop/web", "shop/web", true)]
    [InlineData("web", "web", true)]
    [InlineData("shop/web", "eb", false)]
    [InlineData("shop/web", "shop", false)]
    public void A_service_goes_by_its_own_name_or_by_the_projects_too(string label, string service, bool expected) =>
        new UsedLock(StockedHome.Lock(label, kind: null, []), StockedHome.Start).IsOf(service).ShouldBe(expected);

    [Theory]
    [InlineData("foo-bar", "foo-bar", true)]
    [InlineData("Foo_Bar", "foo-bar", true)]
    [InlineData("foo*", "foo-bar", true)]
    [InlineData("FOO.B??", "foo-bar", true)]
    [InlineData("foo", "foo-bar", false)]
    [InlineData("*bar", "foo-bar", true)]
    public void Patterns_take_any_spelling_and_wildcards(string pattern, string project, bool expected) =>
        new ProjectPatterns([pattern]).Match(project).ShouldBe(expected);

    [Fact]
    public void Marking_a_lock_that_is_not_there_makes_none()
    {
        _stock.Locks.MarkUsed(StoreHome.Sha("none"), StockedHome.Start);

        _stock.Locks.UsedAt(StoreHome.Sha("none")).ShouldBeNull();
        _home.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Marking_a_lock_leaves_its_bytes_alone()
    {
        var written = await _stock.LockAsync("web", day: 1);
        var path = Path.Combine(_home.Root, "locks", written.Key + ".json");
        var before = await File.ReadAllBytesAsync(path, StoreHome.Token);

        _stock.Locks.MarkUsed(written.Key, StockedHome.Day(5));

        (await File.ReadAllBytesAsync(path, StoreHome.Token)).ShouldBe(before);
        _stock.Locks.UsedAt(written.Key).ShouldBe(StockedHome.Day(5));
    }
}
