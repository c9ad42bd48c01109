using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Whatever came before the network died is paid for.</summary>
public class RetryTests
{
    private static readonly string[] Projects =
        ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"];

    public static TheoryData<string, string> Cases => BedEngines.With("", "--no-cache-dir");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_next_command_downloads_only_what_is_missing(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync(Projects);
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", Projects), options);
        project.Variables["PIPCACHE_RETRIES"] = "1";
        index.DieAfter(6, RequestKind.File);

        var cut = await project.BuildAsync();
        var kept = Downloaded(index);
        await index.Server.SetModeAsync(ServingMode.Serving);
        index.Server.ResetCounters();
        var second = await project.BuildAsync();

        cut.ShouldFail();
        // Files come several at a time: those under way when it dies may still be whole.
        kept.Count.ShouldBeInRange(6, 9, cut.Text);
        cut.Announcements.ShouldBe(
            [$"[web pip] index unreachable (connection refused) → trying again in 1 second, {kept.Count} of 10 files kept"], cut.Text);
        cut.Text.ShouldContain($"pipcache: the index cannot be reached (connection refused): {kept.Count} of 10 files kept");
        cut.Text.ShouldContain("run the same command again when the network is back: what is kept is not downloaded again");
        second.ShouldSucceed();
        Downloaded(index).ShouldBe(index.Server.Snapshot().Files.Keys, ignoreOrder: true, second.Text);
        Downloaded(index).Count.ShouldBe(10 - kept.Count, second.Text);
        Downloaded(index).Intersect(kept).ShouldBeEmpty(second.Text);
    }

    private static List<string> Downloaded(OwnIndex index) =>
        [.. index.Server.Snapshot().Files.Where(file => file.Value.Complete > 0).Select(file => file.Key)];
}
