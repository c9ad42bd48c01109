using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Exports;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Exports;

public sealed class WheelExportTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly StockedHome _stock;

    public WheelExportTests() => _stock = new StockedHome(_home.Store);

    private string Folder => _home.At("out");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_real_pip_installs_from_the_folder_alone()
    {
        await AddAsync("alpha-1.0-py3-none-any.whl", new TinyWheel("alpha", "1.0") { Requires = ["beta"] }.Build());
        await AddAsync("beta-1.0.tar.gz", TinySdist.Build("beta"));
        await ExportAsync();

        var (exitCode, output) = await RealPip.InstallAsync(Folder, _home.At("target"), "alpha");

        exitCode.ShouldBe(0, output);
        (await File.ReadAllTextAsync(_home.At("target", "alpha", "__init__.py"), StoreHome.Token))
            .ShouldBe("__version__ = '1.0'\n");
        (await File.ReadAllTextAsync(_home.At("target", "beta.py"), StoreHome.Token))
            .ShouldBe("made = 'from source'\n");
    }

    [Fact]
    public async Task Files_come_with_a_list_of_their_digests_and_nothing_else_is_left()
    {
        await _stock.AddAsync("b-1.0-py3-none-any.whl", "b", day: 1);
        await _stock.AddAsync("a-1.0.tar.gz", "a", day: 1);

        (await ExportAsync()).Files.Select(file => file.Outcome).ShouldBe([ExportOutcome.Copied, ExportOutcome.Copied]);

        Names().ShouldBe(["SHA256SUMS", "a-1.0.tar.gz", "b-1.0-py3-none-any.whl"]);
        Read("SHA256SUMS").ShouldBe(
            $"{StoreHome.Sha("a")}  a-1.0.tar.gz\n{StoreHome.Sha("b")}  b-1.0-py3-none-any.whl\n");
    }

    [Fact]
    public async Task A_copy_is_the_users_to_change()
    {
        var file = await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        await ExportAsync();

        await File.AppendAllTextAsync(Path.Combine(Folder, file.FileName), "more", StoreHome.Token);

        (await WheelhouseStore.VerifyAsync(file, StoreHome.Token)).ShouldBe(StoredFileState.Intact);
    }

    [Fact]
    public async Task Done_again_nothing_is_written_but_the_list_grows_with_the_folder()
    {
        await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        await ExportAsync();
        await _stock.AddAsync("b-1.0-py3-none-any.whl", "b", day: 1);
        var written = File.GetLastWriteTimeUtc(Path.Combine(Folder, "a-1.0-py3-none-any.whl"));

        var second = await new WheelExport(_home.Store, Folder).RunAsync(
            _stock.Inventory.Packages, StoreHome.Token);

        second.Files.Select(file => file.Outcome).ShouldBe([ExportOutcome.Present, ExportOutcome.Copied]);
        File.GetLastWriteTimeUtc(Path.Combine(Folder, "a-1.0-py3-none-any.whl")).ShouldBe(written);
        Read("SHA256SUMS").Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task Another_file_of_that_name_is_left_as_it_is()
    {
        await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        await _stock.AddAsync("b-1.0-py3-none-any.whl", "b", day: 1);
        _home.Write("out/a-1.0-py3-none-any.whl", "A");
        Directory.CreateDirectory(_home.At("out", "b-1.0-py3-none-any.whl"));

        (await ExportAsync()).Files.Select(file => file.Outcome)
            .ShouldBe([ExportOutcome.Occupied, ExportOutcome.Occupied]);

        Read("a-1.0-py3-none-any.whl").ShouldBe("A");
        Read("SHA256SUMS").ShouldBe("");
    }

    [Fact]
    public async Task A_damaged_file_does_not_leave_the_wheelhouse()
    {
        var file = await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        await File.WriteAllTextAsync(file.Path, "b", StoreHome.Token);

        (await ExportAsync()).Files.ShouldHaveSingleItem().Outcome.ShouldBe(ExportOutcome.Damaged);

        Names().ShouldBe(["SHA256SUMS"]);
    }

    [Fact]
    public async Task So_does_one_that_went_meanwhile()
    {
        var file = await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        var packages = _stock.Inventory.Packages;
        _home.Store.Remove(file);

        var report = await new WheelExport(_home.Store, Folder).RunAsync(packages, StoreHome.Token);

        report.Files.ShouldHaveSingleItem().IsThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_elses_list_is_left_alone()
    {
        await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        _home.Write("out/SHA256SUMS", "signed by me");

        (await ExportAsync()).HasDigestList.ShouldBeFalse();

        Read("SHA256SUMS").ShouldBe("signed by me");
    }

    [Fact]
    public async Task What_a_killed_export_left_goes_and_what_a_living_one_writes_stays()
    {
        await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        _home.Write("out/.pipcache-export-dead", "half");
        var living = _home.Write("out/.pipcache-export-living", "half");
        await using var held = new FileStream(living, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        await ExportAsync();

        Names().ShouldBe([".pipcache-export-living", "SHA256SUMS", "a-1.0-py3-none-any.whl"]);
    }

    [Fact]
    public async Task A_stopped_export_leaves_no_half_of_a_file()
    {
        await _stock.AddAsync("a-1.0-py3-none-any.whl", "a", day: 1);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => new WheelExport(_home.Store, Folder).RunAsync(_stock.Inventory.Packages, stopped.Token));

        Names().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var error = await Should.ThrowAsync<WheelhouseException>(
            () => new WheelExport(_home.Store, _home.Write("file", "") + "/out").RunAsync([], StoreHome.Token));

        error.Problem.What.ShouldBe($"cannot write to {_home.At("file", "out")}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/wheels")]
    [InlineData("/out/..")]
    public void The_wheelhouse_is_no_folder_to_export_to(string below) =>
        Should.Throw<WheelhouseException>(() => new WheelExport(_home.Store, _home.Root + below))
            .Problem.Code.ShouldBe("export-inside");

    [Fact]
    public void A_folder_beside_it_with_a_longer_name_is_one() =>
        Should.NotThrow(() => new WheelExport(_home.Store, _home.Root + "-copy"));

    private Task AddAsync(string name, byte[] content) =>
        _home.Store.AddAsync(name, expectedSha256: null, new MemoryStream(content), StoreHome.Token);

    private Task<ExportReport> ExportAsync() =>
        new WheelExport(_home.Store, Folder).RunAsync(ExportPlan.Of(_stock.Inventory.Packages).Chosen, StoreHome.Token);

    private string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private string[] Names() =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal),
    ];
}
