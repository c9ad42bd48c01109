using ComposePipCache.Tests.Cli;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Store;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TempFolder _partial = new();

    public void Dispose() => _partial.Dispose();

    [Fact]
    public void A_sweep_takes_what_the_dead_left_and_no_more()
    {
        using var living = WorkFolder.Create(_partial.Path);
        File.WriteAllText(living.NewPath(), "half");
        var dead = _partial.Write("work-dead/1", "half");
        _partial.Write("work-dead/owner", "");
        _partial.Write("work-unborn/1", "half");
        var download = _partial.Write("something.part", "half");

        WorkFolder.Sweep(_partial.Path);

        Directory.GetFileSystemEntries(_partial.Path).ShouldBe([living.Path, download], ignoreOrder: true);
        Directory.GetFiles(living.Path).Length.ShouldBe(2);
        File.Exists(dead).ShouldBeFalse();
    }

    [Fact]
    public void An_owner_that_ends_takes_its_folder_along()
    {
        var work = WorkFolder.Create(_partial.Path);
        File.WriteAllText(work.NewPath(), "half");

        work.Dispose();

        Directory.GetFileSystemEntries(_partial.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Folders_are_made_and_swept_at_once_and_no_living_one_is_lost()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 300),
            TestContext.Current.CancellationToken,
            (_, _) =>
            {
                using var work = WorkFolder.Create(_partial.Path);
                WorkFolder.Sweep(_partial.Path);
                File.WriteAllText(work.NewPath(), "half");
                return ValueTask.CompletedTask;
            });

        Directory.GetFileSystemEntries(_partial.Path).ShouldBeEmpty();
    }
}
