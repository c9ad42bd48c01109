using ComposePipCache.Bed;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.EngineTests.Client;
using ComposePipCache.Protocol.Gateways;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>However a step got its files, it makes one layer, and the next build takes that.</summary>
public class OneLayerTests
{
    private const string Step = "pip install";

    // What tells one run of a step from another.
    private const string Stamp = "cat /proc/sys/kernel/random/uuid > /stamp && pip install";

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_layer_made_offline_is_taken_online(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one", "two");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one"));
        await using var other = PipProject.Create(engine, index, index.Requirements("==1.0", "one", "two"));
        (await project.BuildAsync()).ShouldSucceed();
        await engine.PruneAsync();
        var offline = (await project.RunAsync("--progress", "plain", "--offline", "build")).ShouldSucceed();

        var online = (await project.BuildAsync()).ShouldSucceed();
        (await other.BuildAsync()).ShouldSucceed();
        var withMore = (await project.BuildAsync()).ShouldSucceed();
        await DropMountsAsync(engine);
        var withoutMount = (await project.BuildAsync()).ShouldSucceed();

        offline.Announcements.ShouldBe(["[web pip] offline: 1 of 1 file from the wheelhouse, locked just now"]);
        offline.IsCached(Step).ShouldBeFalse(offline.Text);
        online.IsCached(Step).ShouldBeTrue(online.Text);
        withMore.IsCached(Step).ShouldBeTrue(withMore.Text);
        withoutMount.IsCached(Step).ShouldBeTrue(withoutMount.Text);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_build_without_cache_has_its_wheels_and_is_the_one_to_be_taken_next(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one", "two");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one", "two"), command: Stamp);
        (await project.BuildAsync()).ShouldSucceed();
        var first = await project.RunInImageAsync("cat", "/stamp");
        index.Server.ResetCounters();

        var noCache = (await project.BuildAsync("--no-cache")).ShouldSucceed();
        var second = await project.RunInImageAsync("cat", "/stamp");
        var next = (await project.BuildAsync()).ShouldSucceed();

        noCache.IsCached(Step).ShouldBeFalse(noCache.Text);
        index.Server.Snapshot().Total.Requests.ShouldBe(0);
        second.ShouldNotBe(first);
        next.IsCached(Step).ShouldBeTrue(next.Text);
        (await project.RunInImageAsync("cat", "/stamp")).ShouldBe(second);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_build_without_cache_leaves_no_mounts_of_its_own(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one"));
        var before = await MountsAsync(engine);

        (await project.BuildAsync("--no-cache")).ShouldSucceed();

        (await MountsAsync(engine)).Except(before).ShouldBeEmpty();
    }

    /// <summary>Takes the mounts of all steps away, and nothing else.</summary>
    /// <remarks>
    /// Not by <c>docker builder prune</c>: with the containerd store it loses all layers of the build cache, also those
    /// of plain compose.
    /// </remarks>
    private static async Task DropMountsAsync(Engine engine)
    {
        var step = Llb.Shell(
            "test -z \"$(ls /wheels /cache | grep -v :)\"",
            Llb.Cache("docker-pipcache.wheels", "/wheels"),
            Llb.Cache("docker-pipcache.cache", "/cache"));
        var definition = Llb.Image("python:3.11-slim", step);
        // Loading an op whose cache is to be ignored drops its mounts.
        definition.Metadata[Digest.Of(definition.Def[1].Span)].IgnoreCache = true;
        await using var client = await ClientSession.OpenAsync(engine);
        await client.BuildAsync((gateway, token) =>
            gateway.SolveAsync(new SolveRequest { Definition = definition, Evaluate = true }, token));
    }

    /// <summary>Ids of cache mounts that belong to one build.</summary>
    private static async Task<IReadOnlyList<string>> MountsAsync(Engine engine)
    {
        var usage = await engine.SucceedAsync("/", "buildx", "du", "--verbose");
        return [.. usage.Split('\n').Where(line => line.Contains("docker-pipcache.wheels.", StringComparison.Ordinal)
            || line.Contains("docker-pipcache.cache.", StringComparison.Ordinal))];
    }
}
