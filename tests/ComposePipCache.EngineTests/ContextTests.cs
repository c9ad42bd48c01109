using ComposePipCache.BuildKit.Session;
using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Client;
using ComposePipCache.EngineTests.Contexts;
using ComposePipCache.Protocol.Gateways;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>What arrives of a build context, and what is sent of it the second time.</summary>
public class ContextTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Two_thousand_awkward_files_arrive_as_buildx_sends_them(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", "services: {web: {build: .}}"));
        await AwkwardContext.CreateAsync(project.Folder);
        await engine.PruneAsync();
        (await project.ComposeAsync("build")).ExitCode.ShouldBe(0);
        var image = (await project.ImagesAsync())["web"];
        var wanted = await CopiedTree.ReadAsync(engine, image, "context");
        await engine.SucceedAsync("/", "rmi", image);
        await engine.PruneAsync();

        var build = await project.PipCacheAsync("build");

        build.ExitCode.ShouldBe(0, build.StandardError);
        var built = await CopiedTree.ReadAsync(engine, image, "context");
        wanted.Count.ShouldBeGreaterThan(1000);
        built.Except(wanted).ShouldBeEmpty();
        wanted.Except(built).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task An_unchanged_context_sends_no_file_data_the_second_time(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        using var folder = new TemporaryFolder();
        await AwkwardContext.CreateAsync(folder.Path);

        var first = await TransferAsync(engine, folder.Path);
        var second = await TransferAsync(engine, folder.Path);
        var changed = Path.Combine(folder.Path, "foo.x");
        File.AppendAllText(changed, "one more line");
        var third = await TransferAsync(engine, folder.Path);

        // The frontend reads .dockerignore anew at each build; that is no part of the context, and buildx sends it too.
        var ignored = new FileInfo(Path.Combine(folder.Path, ".dockerignore")).Length;
        first.Files.ShouldBeGreaterThan(1000);
        second.ShouldBe((1, ignored));
        third.ShouldBe((2, ignored + new FileInfo(changed).Length));
    }

    private static async Task<(long Files, long Bytes)> TransferAsync(Engine engine, string path)
    {
        var sources = new Dictionary<string, LocalSource>
        {
            ["context"] = new("context", path),
            ["dockerfile"] = new("dockerfile", path),
        };
        var session = new BuildSession { SharedKey = "test:" + path, Sources = new Sources(sources) };
        await using var client = await ClientSession.OpenAsync(engine, session);
        await client.BuildAsync(async (gateway, token) =>
        {
            var solve = new SolveRequest { Frontend = "dockerfile.v0", FrontendOpt = { { "image-resolve-mode", "local" } } };
            var result = await gateway.SolveAsync(solve, token);
            await gateway.EvaluateAsync(result.Ref.Id, token);
            return result;
        });
        var transfers = sources["context"].Transfers;
        return (transfers.Files, transfers.Bytes);
    }

    private sealed class Sources(IReadOnlyDictionary<string, LocalSource> sources) : ILocalSources
    {
        public LocalSource? Find(string name) => sources.GetValueOrDefault(name);
    }
}
