using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;
using ComposePipCache.Wheelhouse.Verification;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Verification;

public sealed class WheelhouseCheckTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly StockedHome _stock;

    public WheelhouseCheckTests() => _stock = new StockedHome(_home.Store);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task What_is_intact_is_no_finding_and_progress_comes_to_its_end()
    {
        for (var number = 0; number < 20; number++)
        {
            await _stock.AddAsync($"foo-{number}.0-py3-none-any.whl", $"content {number:00}", day: 1);
        }

        var progress = new Steps();

        (await Check().RunAsync(progress, StoreHome.Token)).ShouldBeEmpty();

        progress.All.Select(step => step.Files).ShouldBe(Enumerable.Range(1, 20));
        progress.All[^1].ShouldBe(new VerifyProgress(20, 20, 200, 200));
    }

    [Theory]
    [InlineData("Content")]
    [InlineData("conten")]
    [InlineData("")]
    public async Task A_file_that_changed_is_named_with_who_needs_it_and_a_repair_removes_it(string content)
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        await _stock.AddAsync("bar-1.0-py3-none-any.whl", "bar", day: 1);
        await _stock.LockAsync("shop/web", day: 1, file);
        await File.WriteAllTextAsync(file.Path, content, StoreHome.Token);
        var check = Check();

        var findings = await check.RunAsync(progress: null, StoreHome.Token);

        var finding = findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(FileFindingKind.Damaged);
        finding.FileName.ShouldBe("foo-1.0-py3-none-any.whl");
        finding.Labels.ShouldBe(["shop/web"]);
        check.Repair(findings).ShouldBe(1);
        _stock.Inventory.Packages.ShouldHaveSingleItem().Project.ShouldBe("bar");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_finding_too()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        var inventory = _stock.Inventory;
        File.Delete(file.Path);
        File.CreateSymbolicLink(file.Path, file.Path);

        var finding = (await new WheelhouseCheck(_home.Store, inventory).RunAsync(progress: null, StoreHome.Token))
            .ShouldHaveSingleItem();

        finding.Kind.ShouldBe(FileFindingKind.Unreadable);
        finding.Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_that_was_pruned_meanwhile_is_none()
    {
        var file = await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        var check = Check();
        _home.Store.Remove(file);

        (await check.RunAsync(progress: null, StoreHome.Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_lock_names_and_nobody_has_is_missing_once()
    {
        var gone = await _stock.AddAsync("gone-1.0-py3-none-any.whl", "gone", day: 1);
        await _stock.LockAsync("web", day: 1, gone);
        await _stock.LockAsync("api", day: 1, gone);
        _home.Store.Remove(gone);
        var check = Check();

        var findings = await check.RunAsync(progress: null, StoreHome.Token);

        var finding = findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(FileFindingKind.Missing);
        finding.Labels.ShouldBe(["api", "web"]);
        check.Repair(findings).ShouldBe(0);
    }

    [Fact]
    public async Task What_lies_in_a_folder_of_the_users_is_not_missing_until_it_goes_there()
    {
        var path = new TinyWheel("foo", "1.0").WriteTo(_home.At("own"));
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1));
        var content = await File.ReadAllBytesAsync(path, StoreHome.Token);
        await _stock.LockAsync(
            "web", day: 1, new StoredFile(StoreHome.Sha(content), Path.GetFileName(path), path, content.Length));
        (await Check().RunAsync(progress: null, StoreHome.Token)).Count.ShouldBe(1);
        using (var folder = FindLinksFolder.Read(_home.At("own"), _home.Store, time))
        {
            await folder.DigestAsync(folder.Files.ShouldHaveSingleItem(), StoreHome.Token);
            await folder.RememberAsync(StoreHome.Token);
        }

        (await Check().RunAsync(progress: null, StoreHome.Token)).ShouldBeEmpty();

        File.Delete(path);
        (await Check().RunAsync(progress: null, StoreHome.Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        await _stock.AddAsync("foo-1.0-py3-none-any.whl", "content", day: 1);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Check().RunAsync(progress: null, stopped.Token));
    }

    private WheelhouseCheck Check() => new(_home.Store, _stock.Inventory);

    private sealed class Steps : IProgress<VerifyProgress>
    {
        public List<VerifyProgress> All { get; } = [];

        public void Report(VerifyProgress value) => All.Add(value);
    }
}
