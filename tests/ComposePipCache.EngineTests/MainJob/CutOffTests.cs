using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Interrupts;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>The index dies while pip downloads: the same command ends from the wheelhouse, and says so once.</summary>
public class CutOffTests
{
    private const string Announcement =
        "[web pip] index unreachable (connection refused) → offline: 3 of 3 files from the wheelhouse, locked just now";

    private static readonly string[] Projects = ["one", "two", "three"];

    public static TheoryData<string, string> Cases => BedEngines.With("", "--no-cache-dir");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_build_that_is_cut_off_ends_from_the_wheelhouse(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync(Projects);
        await using var project = await CreateDyingAsync(engine, index, options);

        var build = await project.BuildAsync();

        build.ShouldSucceed();
        build.Announcements.ShouldBe([Announcement], build.Text);
        (await project.RunInImageAsync("pip", "list")).ShouldContain("1.0");
    }

    [Theory]
    [InlineData("--progress", "json", "build")]
    [InlineData("--progress", "quiet", "build")]
    [InlineData("build", "--quiet")]
    public async Task It_is_announced_once_whatever_is_shown(params string[] words)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync(Projects);
        await using var project = await CreateDyingAsync(engine, index);

        var build = await project.RunAsync(words);

        build.ShouldSucceed();
        build.Announcements.ShouldBe([Announcement], build.Text);
    }

    [Fact]
    public async Task It_is_announced_in_a_terminal()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync(Projects);
        await using var project = await CreateDyingAsync(engine, index);

        using var build = LiveCommand.StartInTerminal(
            engine, project.Folder, "pipcache", "--refresh-after", "0s", "build");
        await build.EndAsync();

        build.ExitCode.ShouldBe(0, build.Output);
        // A terminal of 80 columns has no room for more.
        build.Output.ShouldContain(Announcement[..50], customMessage: build.Output);
    }

    /// <summary>A lock of the first versions, newer ones at the index, and its death after the first of them.</summary>
    private static async Task<PipProject> CreateDyingAsync(Engine engine, OwnIndex index, string options = "")
    {
        var project = PipProject.Create(engine, index, index.Requirements("", Projects), options);
        (await project.BuildAsync()).ShouldSucceed();
        index.Publish([.. Projects.Select(name => index.Wheel(name, "2.0"))]);
        index.DieAfter(1, RequestKind.File);
        project.Variables["PIPCACHE_REFRESH_AFTER"] = "0s";
        project.AddComment();
        return project;
    }
}
