using System.Text.Json;
using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A project whose every part comes from somewhere: a base image, packages, and the image of another service.</summary>
internal sealed class FetchProject : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly ComposeProject _project;

    private FetchProject(Engine engine, OwnIndex index, OwnImage parent, OwnImage other)
    {
        (_engine, Index, Parent, Other) = (engine, index, parent, other);
        _project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", $"""
                services:
                  web: {Braced("build: ., depends_on: [other], command: sleep 600, stop_grace_period: 0s")}
                  other: {Braced($"image: \"{other.Name}\", command: sleep 600, stop_grace_period: 0s")}

                """),
            ("Dockerfile", $"""
                FROM {parent.Name}
                {index.Settings}
                RUN pip install {index.Name("one")}==1.0
                RUN pip install {index.Name("two")}==1.0
                """));
    }

    public OwnIndex Index { get; }

    public OwnImage Parent { get; }

    public OwnImage Other { get; }

    public string Name => _project.Name;

    public string Folder => _project.Folder;

    public static async Task<FetchProject> CreateAsync(Engine engine) => new(
        engine,
        await OwnIndex.StartAsync("one", "two"),
        await OwnImage.PushAsync(engine, PipProject.Image),
        await OwnImage.PushAsync(engine, "busybox:latest"));

    /// <summary>Takes away all that a build could ask: the registry's images, the index, and the engine's build cache.</summary>
    public async Task CutOffAsync()
    {
        await Parent.ForgetAsync();
        await Other.ForgetAsync();
        await Index.Server.SetModeAsync(TestIndex.ServingMode.Away);
        await _engine.PruneAsync();
    }

    public async Task<BuildRun> RunAsync(params string[] words) =>
        new(await new Trial(_engine, Folder).PipCacheAsync(words));

    /// <summary>The answer of <c>fetch --format json</c>, which must be all that is on standard output.</summary>
    public async Task<JsonElement> FetchAsync(params string[] options)
    {
        var run = await RunAsync(["fetch", "--format", "json", .. options]);
        using var document = JsonDocument.Parse(run.Answer.Output);
        return document.RootElement.Clone();
    }

    public Task<IReadOnlyDictionary<string, string>> ContainersAsync() => _project.ContainersAsync();

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        await Parent.DisposeAsync();
        await Other.DisposeAsync();
        await Index.DisposeAsync();
    }

    private static string Braced(string text) => "{" + text + "}";
}
