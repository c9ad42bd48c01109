using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A file that is no longer what it was: pip notices, we take it away, and the step runs once more.</summary>
public class DamagedCopyTests
{
    public static TheoryData<string, string> Cases => BedEngines.With("", "--no-cache-dir");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task One_on_the_host_is_fetched_anew(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("alpha", "bravo");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "alpha", "bravo"), options);
        using var cache = new TemporaryFolder();
        project.Variables["PIPCACHE_DIR"] = cache.Path;
        var wheelhouse = new Wheelhouse(Path.Combine(cache.Path, "wheelhouse"));
        (await project.BuildAsync()).ShouldSucceed();
        await engine.PruneAsync();
        wheelhouse.Spoil($"{index.Name("alpha")}-1.0-py3-none-any.whl");
        project.AddComment();

        var build = (await project.BuildAsync()).ShouldSucceed();

        build.Announcements.ShouldContain(line => line.Contains(
            $"{index.Name("alpha")}-1.0-py3-none-any.whl was damaged in the cache → removed, the step runs again", StringComparison.Ordinal));
        wheelhouse.ShouldBeIntact("after the build");
        wheelhouse.Files.Count.ShouldBe(2);
        (await project.RunInImageAsync("pip", "freeze")).ShouldContain($"{index.Name("alpha")}==1.0");
    }

    // Where the engine cannot share a mount read-only, a step can write into its wheels.
    [Fact]
    public async Task One_that_a_step_spoiled_in_the_engine_is_sent_anew()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names.First(name => !name.EndsWith('c')));
        await using var index = await OwnIndex.StartAsync("alpha");
        var name = index.Name("alpha");
        await using var project = PipProject.Create(
            engine, index, $"{name}==1.0\n", command: $"(echo junk > /dev/pipcache/wheels/{name}-1.0-0-py3-none-any.whl) 2>&1; pip install");
        var build = await project.BuildAsync();

        // The step spoils its wheel in the second run too: the second failure is final, and is pip's.
        build.ShouldFail();
        build.Announcements.ShouldContain(line => line.Contains("was damaged in the cache", StringComparison.Ordinal));
        project.Write("Dockerfile", $"FROM {PipProject.Image}\n{index.Settings}\nRUN pip install {name}==1.0\n");
        (await project.BuildAsync("--build-arg", "TURN=2")).ShouldSucceed();
    }
}
