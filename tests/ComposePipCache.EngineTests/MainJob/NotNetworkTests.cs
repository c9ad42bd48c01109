using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>What no network would cure is tried once and told in pip's own words.</summary>
public class NotNetworkTests
{
    private const string Step = "pip install";

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_version_that_does_not_exist_is_looked_for_once(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one");

        var build = await FailAsync(engine, index, index.Requirements("==9.9", "one"));

        build.Text.ShouldContain($"No matching distribution found for {index.Name("one")}==9.9");
        PageRequests(index, "one").ShouldBe(1, build.Text);
    }

    [Fact]
    public async Task A_conflict_is_resolved_once()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync("one");
        index.Publish(
            new TinyWheel(index.Name("left"), "1.0") { Requires = [$"{index.Name("one")}==1.0"] },
            new TinyWheel(index.Name("right"), "1.0") { Requires = [$"{index.Name("one")}==2.0"] },
            index.Wheel("one", "2.0"));

        var build = await FailAsync(engine, index, index.Requirements("==1.0", "left", "right"));

        build.Text.ShouldContain("because these package versions have conflicting dependencies");
        build.Text.ShouldContain("ResolutionImpossible");
        PageRequests(index, "one").ShouldBe(1, build.Text);
    }

    [Fact]
    public async Task A_wrong_hash_is_not_downloaded_again()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync("one");
        var hash = new string('0', 64);

        var build = await FailAsync(engine, index, $"{index.Name("one")}==1.0 --hash=sha256:{hash}\n");

        build.Text.ShouldContain("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE");
        build.Text.ShouldContain($"Expected sha256 {hash}");
        index.Server.Snapshot().Of(RequestKind.File).Requests.ShouldBe(1, build.Text);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_failing_setup_script_runs_once_and_is_heard(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync();
        SourceArchive.Write(
            index.Folder, index.Name("broken"), "1.0", "import sys\nsys.stderr.write('no ' + 'compiler here\\n')\nsys.exit(3)\n");
        index.Server.Rescan();

        var build = await FailAsync(engine, index, index.Requirements("==1.0", "broken"));

        build.Text.ShouldContain("no compiler here");
        build.Text.ShouldContain("metadata-generation-failed");
        index.Server.Snapshot().Of(RequestKind.File).Requests.ShouldBe(1, build.Text);
    }

    private static async Task<BuildRun> FailAsync(Engine engine, OwnIndex index, string requirements)
    {
        await using var project = PipProject.Create(engine, index, requirements);

        var build = (await project.BuildAsync()).ShouldFail();

        build.Runs(Step).ShouldBe(1, build.Text);
        build.Announcements.ShouldBeEmpty(build.Text);
        build.Text.ShouldContain("did not complete successfully: exit code: 1");
        build.Text.ShouldNotContain("pipcache: ");
        return build;
    }

    /// <summary>How often pip itself asked; what was read ahead of it is not an attempt of the step.</summary>
    private static int PageRequests(OwnIndex index, string project) => index.Server.Log().Count(entry =>
        entry.Kind == RequestKind.Page && entry.UserAgent?.StartsWith("pip/", StringComparison.Ordinal) == true
        && entry.Project == index.Name(project));
}
