using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A project of one service, <c>web</c>, that installs a requirements file.</summary>
internal sealed class PipProject : IAsyncDisposable
{
    public const string Image = "python:3.11-slim";

    private readonly ComposeProject _project;
    private readonly Engine _engine;
    private string _requirements;

    private PipProject(Engine engine, string dockerfile, string requirements)
    {
        _engine = engine;
        _requirements = requirements;
        _project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("Dockerfile", dockerfile),
            ("requirements.txt", requirements));
    }

    /// <summary>The variables of every call.</summary>
    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    public string Folder => _project.Folder;

    public static PipProject Create(
        Engine engine, OwnIndex index, string requirements, string options = "", string command = "pip install") => new(
        engine,
        $"""
        FROM {Image}
        {index.Settings}
        COPY requirements.txt .
        RUN {command} {options} -r requirements.txt
        """,
        requirements);

    /// <summary>The same step with another key in the engine's cache, and the same files.</summary>
    public void AddComment() => Require($"# {Guid.NewGuid():N}\n{_requirements}");

    public void Require(string requirements)
    {
        _requirements = requirements;
        Write("requirements.txt", requirements);
    }

    public void Write(string path, string text) => _project.Write(path, text);

    /// <summary><c>docker pipcache --progress plain build</c>.</summary>
    public Task<BuildRun> BuildAsync(params string[] words) => RunAsync(["--progress", "plain", "build", .. words]);

    public async Task<BuildRun> RunAsync(params string[] words) =>
        new(await new Trial(_engine, Folder) { Variables = Variables }.PipCacheAsync(words));

    /// <summary>What a program prints in the image that was built.</summary>
    public async Task<string> RunInImageAsync(params string[] command)
    {
        var image = (await _project.ImagesAsync())["web"];
        return await _engine.SucceedAsync(Folder, ["run", "--rm", image, .. command]);
    }

    public ValueTask DisposeAsync() => _project.DisposeAsync();
}
