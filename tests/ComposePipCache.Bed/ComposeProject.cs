using CliWrap.Buffered;

namespace ComposePipCache.Bed;

/// <summary>A copy of a compose project under a name of its own; taken down with its images when disposed.</summary>
public sealed class ComposeProject : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine;

    private ComposeProject(Engine engine, string name)
    {
        _engine = engine;
        Name = name;
        Directory.CreateDirectory(Folder);
    }

    public string Name { get; }

    public string Folder => Path.Combine(_folder.Path, Name);

    public static ComposeProject FromExample(Engine engine, string example)
    {
        var project = Empty(engine, example);
        Copy(Repository.Example(example), project.Folder);
        return project;
    }

    /// <summary>A project of the files given, by relative path.</summary>
    public static ComposeProject FromFiles(Engine engine, params (string Path, string Text)[] files)
    {
        var project = Empty(engine, "project");
        foreach (var (path, text) in files)
        {
            project.Write(path, text);
        }

        return project;
    }

    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary><c>docker compose …</c> in the project.</summary>
    public Task<BufferedCommandResult> ComposeAsync(params string[] arguments) =>
        _engine.RunAsync(Folder, ["compose", .. arguments]);

    /// <summary><c>docker pipcache …</c> in the project.</summary>
    public Task<BufferedCommandResult> PipCacheAsync(params string[] arguments) =>
        _engine.RunAsync(Folder, ["pipcache", .. arguments]);

    /// <summary>Names of the images that the project builds, by service.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ImagesAsync()
    {
        var json = await _engine.SucceedAsync(Folder, "compose", "build", "--print");
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.GetProperty("target").EnumerateObject().ToDictionary(
            target => target.Name,
            target => target.Value.GetProperty("tags")[0].GetString()!);
    }

    /// <summary>Container ids by service, running ones only.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ContainersAsync()
    {
        var lines = await _engine.SucceedAsync(Folder, "compose", "ps", "--format", "{{.Service}} {{.ID}}");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await ComposeAsync("--profile", "*", "down", "--volumes", "--rmi", "local", "--timeout", "0");
        _folder.Dispose();
    }

    private static ComposeProject Empty(Engine engine, string example) =>
        new(engine, $"{example}-{Guid.NewGuid().ToString("N")[..8]}");

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
        }
    }
}
