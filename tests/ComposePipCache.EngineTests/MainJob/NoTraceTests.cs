using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Images;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Nobody can tell from an image who built it.</summary>
public class NoTraceTests
{
    private const string Steps =
        """
        RUN env | sort > /env-before
        RUN pip install alpha && pip freeze > /frozen
        RUN pip install --no-cache-dir bravo && pip freeze >> /frozen
        RUN find /dev /run /etc | sort > /seen; env | sort > /env-after; mount | wc -l > /mounts
        USER 1000
        RUN pip install --target /tmp/charlie charlie
        """;

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task The_image_is_composes_whether_built_online_or_offline(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await LocalIndex.StartAsync([.. Wheels]);
        await using var project = CreateProject(engine, $"FROM python:3.11\n{index.Variables}\n{Steps}\n");
        var wanted = await BuildAsync(engine, project, "compose", "build");

        var online = await BuildAsync(engine, project, "pipcache", "build");
        var offline = await BuildAsync(engine, project, "pipcache", "--offline", "build");

        online.DifferencesTo(wanted).ShouldBeEmpty();
        offline.DifferencesTo(wanted).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_copy_of_pips_cache_finds_it()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await LocalIndex.StartAsync([.. Wheels]);
        await using var project = CreateProject(engine, $"""
            FROM python:3.11 AS build
            {index.Variables}
            RUN pip install alpha
            FROM busybox
            COPY --from=build /root/.cache/pip /cache
            """);
        var wanted = await BuildAsync(engine, project, "compose", "build");

        var built = await BuildAsync(engine, project, "pipcache", "build");

        built.History.ShouldBe(wanted.History);
        built.Configuration.ShouldBe(wanted.Configuration);
        // pip keeps the time of each answer in its HTTP cache: names count there, bytes do not.
        Names(built).ShouldBe(Names(wanted));
        Names(built).Count(name => name.StartsWith("cache/http", StringComparison.Ordinal)).ShouldBeGreaterThan(2);
    }

    private static IEnumerable<TinyWheel> Wheels =>
        [new("alpha", "1.0"), new("bravo", "1.0"), new("charlie", "1.0") { PayloadSize = 1000 }];

    private static ComposeProject CreateProject(Engine engine, string dockerfile) => ComposeProject.FromFiles(
        engine, ("compose.yaml", "services: {web: {build: .}}\n"), ("Dockerfile", dockerfile + "\n"));

    private static async Task<ImageSnapshot> BuildAsync(Engine engine, ComposeProject project, params string[] words)
    {
        await engine.PruneAsync();
        (await engine.RunAsync(project.Folder, words)).ShouldHaveBuilt();
        var image = (await project.ImagesAsync())["web"];
        var snapshot = await ImageSnapshot.TakeAsync(engine, image);
        await engine.SucceedAsync("/", "rmi", image);
        return snapshot;
    }

    private static List<string> Names(ImageSnapshot snapshot) => [.. snapshot.Files.Select(file => file.Split(' ')[0])];
}
