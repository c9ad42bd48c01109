using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>The four Dockerfiles that this was made for, as they are.</summary>
public class MissionTests
{
    private const string Service = "worker";
    private const string Syntax =
        "[worker pip] docker/dockerfile:1.4 cannot be pulled → the engine's own Dockerfile frontend";

    private static readonly string[] Examples = ["celery", "cache-mount", "pip-packages", "hybrid"];

    public static TheoryData<string, string> Cases => BedEngines.With(Examples);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_built_online_and_then_without_a_network(string engineName, string example)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await CeleryIndex.StartAsync();
        await using var project = Copy(engine, index, example);
        await engine.PruneAsync();

        var online = (await BuildAsync(engine, project)).ShouldSucceed();
        var downloaded = index.Server.Snapshot().Of(RequestKind.File).Complete;
        await engine.PruneAsync();
        await index.Server.SetModeAsync(ServingMode.Away);
        AddComment(project);
        var offline = (await BuildAsync(engine, project)).ShouldSucceed();

        online.Announcements.Select(line => line.Split(", ")[0]).ShouldBe(
            [
                .. HasSyntax(example) ? [Syntax] : Array.Empty<string>(),
                .. NeedsIndex(example) ? ["[worker pip] 33 files fetched"] : Array.Empty<string>(),
            ],
            online.Text);
        downloaded.ShouldBe(NeedsIndex(example) ? 33 : 0, online.Text);
        offline.Announcements.ShouldBe(
            [
                .. HasSyntax(example) ? [Syntax] : Array.Empty<string>(),
                .. NeedsIndex(example)
                    ? [$"[worker pip] {downloaded} of {downloaded} files from the wheelhouse, locked just now"]
                    : Array.Empty<string>(),
            ],
            offline.Text);
        (await CeleryAsync(engine, project)).ShouldContain("5.2.6");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_built_although_the_network_goes_in_the_middle(string engineName, string example)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await CeleryIndex.StartAsync();
        await using var project = Copy(engine, index, example);
        project.Write("requirements.txt", "celery[redis]\nredis\nrequests\n");
        await engine.PruneAsync();
        (await BuildAsync(engine, project)).ShouldSucceed();
        index.Publish("redis", "4.9");
        index.Publish("requests", "2.99");
        index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File },
            Effect = new FaultEffect { GoAway = true },
            After = 1,
            Times = 1,
        });
        AddComment(project);

        var cut = (await BuildAsync(engine, project, "--refresh-after", "0s")).ShouldSucceed();

        cut.Announcements.ShouldBe(
            [
                .. HasSyntax(example) ? [Syntax] : Array.Empty<string>(),
                .. example switch
                {
                    "pip-packages" => Array.Empty<string>(),
                    _ => ["[worker pip] index unreachable (connection refused) → offline: 33 of 33 files from the wheelhouse, locked just now"],
                },
            ],
            cut.Text);
        (await CeleryAsync(engine, project)).ShouldContain("5.2.6");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_comes_up_as_the_mission_has_it(string engineName, string example)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await CeleryIndex.StartAsync();
        await using var project = Copy(engine, index, example);

        var up = await new Trial(engine, project.Folder).With("DOCKER_BUILDKIT", "1").PipCacheAsync("up", "--build", "-d");

        up.ExitCode.ShouldBe(0, up.ToString());
        (await project.ContainersAsync()).Keys.ShouldBe(["redis", Service], ignoreOrder: true);
    }

    private static bool HasSyntax(string example) => example is "cache-mount" or "hybrid";

    private static bool NeedsIndex(string example) => example != "pip-packages";

    private static ComposeProject Copy(Engine engine, CeleryIndex index, string example)
    {
        var project = ComposeProject.FromExample(engine, example);
        project.Write("compose.override.yaml", index.Override(Service));
        if (example is "pip-packages" or "hybrid")
        {
            index.Fill(Path.Combine(project.Folder, "pip_packages"));
        }

        return project;
    }

    private static void AddComment(ComposeProject project) => project.Write(
        "requirements.txt", $"# {Guid.NewGuid():N}\n" + File.ReadAllText(Path.Combine(project.Folder, "requirements.txt")));

    private static async Task<BuildRun> BuildAsync(Engine engine, ComposeProject project, params string[] flags) =>
        new(await new Trial(engine, project.Folder).PipCacheAsync(["--progress", "plain", .. flags, "build", Service]));

    private static async Task<string> CeleryAsync(Engine engine, ComposeProject project) => await engine.SucceedAsync(
        project.Folder, "run", "--rm", (await project.ImagesAsync())[Service], "pip", "show", "celery");
}
