using System.Globalization;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>Downloads over a line that is far away, and over one that is slow as well.</summary>
internal static class DownloadBenchmark
{
    private const int Wheels = 40;
    private const int Latency = 50;
    private const long SlowBytes = 2_000_000 / 8;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        var pins = await PinsAsync();
        return [await ColdAsync(engine, pins[..Wheels]), .. await OneMoreAsync(engine, pins[..(Wheels + 1)])];
    }

    /// <summary>An empty wheelhouse, against <c>pip download</c> of the same files in a build of compose's.</summary>
    private static async Task<Result> ColdAsync(Engine engine, string[] pins)
    {
        await using var line = await SlowLine.StartAsync(null, Latency);
        await using var ours = Project(engine, pins, "pip install --no-deps -r requirements.txt");
        await using var pip = Project(engine, pins, "pip download --no-deps -d /w -r requirements.txt");
        await engine.PruneAsync();
        var download = await TimeAsync(engine, pip, "compose", "build");
        using var empty = new TemporaryFolder();
        var fetch = await TimeOursAsync(engine, ours, empty.Path, "fetch", "--no-build");
        return Compare($"cold fetch of {Wheels} wheels at {Latency} ms, of `pip download`", fetch, download, 0.35, engine);
    }

    /// <summary>One requirement more, against compose with and without a cache mount in the Dockerfile.</summary>
    private static async Task<IReadOnlyList<Result>> OneMoreAsync(Engine engine, string[] pins)
    {
        const string Step = "pip install --no-deps -r requirements.txt";
        await using var ours = Project(engine, pins[..^1], Step);
        await using var plain = Project(engine, pins[..^1], "--network=default " + Step);
        await using var mounted = Project(engine, pins[..^1], $"--mount=type=cache,id={Guid.NewGuid():N},target=/root/.cache/pip {Step}");
        using var empty = new TemporaryFolder();
        await engine.PruneAsync();
        await TimeOursAsync(engine, ours, empty.Path, "build");
        await TimeAsync(engine, mounted, "compose", "build");
        foreach (var project in new[] { ours, plain, mounted })
        {
            project.Write("requirements.txt", string.Join('\n', pins));
        }

        await using var line = await SlowLine.StartAsync(SlowBytes, Latency);
        var cached = await TimeOursAsync(engine, ours, empty.Path, "build");
        var again = await TimeAsync(engine, mounted, "compose", "build");
        var all = await TimeAsync(engine, plain, "compose", "build");
        return
        [
            Compare("one added requirement at 2 Mbit/s, of compose", cached, all, 0.1, engine),
            Compare("the same, of compose with a cache mount", cached, again, 1, engine),
        ];
    }

    private static Result Compare(string name, double ours, double theirs, double bar, Engine engine) => new(
        $"{name} ({engine.Name})", ours / theirs, bar, "×", string.Create(CultureInfo.InvariantCulture, $"{ours:0.0} s to {theirs:0.0} s"));

    private static ComposeProject Project(Engine engine, string[] pins, string run) => ComposeProject.FromFiles(
        engine,
        ("compose.yaml", "services: {web: {build: .}}\n"),
        ("requirements.txt", string.Join('\n', pins)),
        ("Dockerfile", $"FROM python:3.11\nCOPY requirements.txt .\nRUN {run}\n"));

    private static async Task<double> TimeAsync(Engine engine, ComposeProject project, params string[] words) =>
        (await Measurement.TimeAsync(engine.StartInfo(engine.Docker, project.Folder, words))).Elapsed.TotalSeconds;

    private static async Task<double> TimeOursAsync(
        Engine engine, ComposeProject project, string wheelhouse, params string[] words)
    {
        var start = engine.StartInfo(engine.Docker, project.Folder, ["pipcache", .. words]);
        start.Environment["PIPCACHE_DIR"] = wheelhouse;
        return (await Measurement.TimeAsync(start)).Elapsed.TotalSeconds;
    }

    /// <summary>One version of each of many projects, by name.</summary>
    private static async Task<string[]> PinsAsync() =>
    [
        .. Directory.GetFiles(await BedScript.PathAsync("wheels"), "*-py3-none-any.whl")
            .Select(file => Path.GetFileName(file).Split('-'))
            .DistinctBy(parts => parts[0], StringComparer.OrdinalIgnoreCase)
            .OrderBy(parts => parts[0], StringComparer.Ordinal)
            .Select(parts => $"{parts[0]}=={parts[1]}"),
    ];
}
