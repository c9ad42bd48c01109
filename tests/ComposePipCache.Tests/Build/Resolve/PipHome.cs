using System.Text;
using ComposePipCache.Build.Resolve;
using ComposePipCache.Build.Resolve.Origins;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.TestIndex;
using ComposePipCache.Tests.Wheelhouse;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Index;
using Shouldly;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>A wheelhouse, an index, and pips of this machine that reach it through a relay.</summary>
internal sealed class PipHome : IAsyncDisposable
{
    private readonly StoreHome _home = new();

    public PipHome(Func<IndexOptions, IndexOptions>? options = null)
    {
        Wheels = Directory.CreateDirectory(_home.At("index")).FullName;
        Index = IndexServer.Start((options ?? (one => one))(
            new IndexOptions { WheelFolders = [Wheels], ListenTls = new(System.Net.IPAddress.Loopback, 0) }));
    }

    public static CancellationToken Token => StoreHome.Token;

    /// <summary>What the index serves; call <see cref="IndexServer.Rescan"/> after writing.</summary>
    public string Wheels { get; }

    public IndexServer Index { get; }

    public StoreHome Home => _home;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public OriginOptions Origins { get; set; } = new() { IsProxied = false };

    public DownloadOptions Downloads { get; init; } = new();

    public IReadAhead? ReadAhead { get; set; }

    public IProgress<DownloadProgress>? Progress { get; set; }

    /// <summary>The options of pip that make it independent of this machine's settings.</summary>
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["PIP_CONFIG_FILE"] = "/dev/null",
        ["PIP_NO_CACHE_DIR"] = "1",
        ["PIP_FIND_LINKS"] = "",
        ["http_proxy"] = "http://127.0.0.1:1",
        ["HTTPS_PROXY"] = "http://127.0.0.1:1",
    };

    /// <summary>Of the relays so far.</summary>
    public List<ScriptProcess> Scripts { get; } = [];

    public IReadOnlyList<string> FileTargets => [.. Index.Log()
        .Where(entry => entry.Kind == RequestKind.File).Select(entry => entry.FileName!)];

    public async Task<IndexRelay> StartAsync(IndexDocuments? documents = null)
    {
        var script = ScriptProcess.Start();
        Scripts.Add(script);
        var serving = new ServingOptions
        {
            Store = _home.Store,
            Documents = documents ?? NewDocuments(),
            Downloads = Downloads,
            Time = Time,
            ReadAhead = ReadAhead,
            ProgressOf = _ => Progress,
        };
        return await IndexRelay.StartAsync(
            script.FromScript, script.ToScript, serving, Origins, loggers: null, Token);
    }

    public IndexDocuments NewDocuments() => new(_home.Store, Downloads, Time);

    /// <summary>Runs one pip through a relay of its own and returns what it served.</summary>
    public async Task<PipRun> PipAsync(params string[] arguments) => await PipOfAsync(version: null, arguments);

    /// <inheritdoc cref="PipAsync"/>
    public async Task<PipRun> PipOfAsync(string? version, params string[] arguments)
    {
        await using var relay = await StartAsync();
        return await PipOnAsync(relay, version, arguments);
    }

    public async Task<PipRun> PipOnAsync(IndexRelay relay, string? version, params string[] arguments)
    {
        using var output = new MemoryStream();
        var environment = new Dictionary<string, string>(Environment);
        if (PipVersions.PathOf(version) is { } pip)
        {
            environment["PYTHONPATH"] = pip;
        }

        var exit = await relay.RunPipAsync(
            new RelayCommand(["python3", "-m", "pip", .. arguments]) { Set = environment, Output = output }, Token);
        return new PipRun(
            exit, Encoding.UTF8.GetString(output.ToArray()), relay.Serving.Served, relay.Serving.Failures);
    }

    /// <summary>A folder that is there for this test.</summary>
    public string At(string name) => _home.At(name);

    public string[] FilesIn(string name) =>
        [.. Directory.GetFiles(At(name)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var script in Scripts)
        {
            await script.DisposeAsync();
        }

        await Index.DisposeAsync();
        _home.Dispose();
    }

    internal sealed record PipRun(
        int Exit, string Output, IReadOnlyList<ServedFile> Served, IReadOnlyList<OriginFailure> Failures)
    {
        public PipRun ShouldSucceed()
        {
            Exit.ShouldBe(0, Output);
            Failures.ShouldBeEmpty();
            return this;
        }
    }
}
