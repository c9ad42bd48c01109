using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.FakeDaemon;
using Microsoft.Extensions.Time.Testing;
using Shouldly;

namespace ComposePipCache.Tests.FakeDaemon;

/// <summary>Compose's builder, started as compose does, with a fake engine; at its end nothing may be left open or logged.</summary>
internal sealed class BakeHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("project");
    private readonly MemoryStream _stderr = new();
    private readonly ErrorLog _log = new();

    private BakeHarness(FakeEngine engine, CancellationToken token)
    {
        Engine = engine;
        Token = token;
    }

    public FakeEngine Engine { get; }

    /// <summary>Fires when the safety net does.</summary>
    public CancellationToken Token { get; }

    /// <summary>The clock of the deadlines; it stands still until a test moves it.</summary>
    public FakeTimeProvider Time { get; } = new();

    public ConnectionTimeouts Timeouts { get; init; } = EngineHarness.Brisk;

    public string MetadataPath => Path.Combine(_root.FullName, "metadata.json");

    public string StandardError => Encoding.UTF8.GetString(_stderr.ToArray());

    public static async Task<BakeHarness> StartAsync(CancellationToken cancellationToken, ConnectionTimeouts? timeouts = null) =>
        new(await FakeEngine.StartAsync(cancellationToken), cancellationToken) { Timeouts = timeouts ?? EngineHarness.Brisk };

    public Task<int> RunAsync(params string[] targets) => RunAsync(Token, targets);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] targets)
    {
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "Dockerfile"), "FROM base\n", cancellationToken);
        var names = targets is [] ? ["web"] : targets;
        var list = string.Join(',', names.Select(name => $"\"{name}\""));
        var definition =
            $$"""{"group": {"default": {"targets": [{{list}}]} }, "target": { {{string.Join(',', names.Select(Target))}} } }""";
        return await BakeCommand.RunAsync(
            new BakeInvocation
            {
                Arguments = ["bake", "--file", "-", "--progress", "rawjson", "--metadata-file", MetadataPath],
                StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(definition)),
                StandardError = _stderr,
                Environment = new EnvironmentSnapshot(
                    [new("HOME", _root.FullName), new("DOCKER_HOST", "unix://" + Engine.SocketPath)], _root.FullName),
                WorkingDirectory = _root.FullName,
                CacheDirectory = Path.Combine(_root.FullName, "cache"),
                Timeouts = Timeouts,
                TimeProvider = Time,
                Loggers = _log,
            },
            cancellationToken);
    }

    /// <summary>Lets time pass until a command ends; a call that waits behind another sets its limit later.</summary>
    public async Task LetTimePassAsync(Task command, TimeSpan step)
    {
        while (!command.IsCompleted)
        {
            Time.Advance(step);
            await Task.Yield();
        }
    }

    private static string Target(string name) =>
        $$"""
        "{{name}}": {"context": ".", "dockerfile": "Dockerfile", "tags": ["{{name}}:latest"], "output": ["type=docker"]}
        """;

    public async ValueTask DisposeAsync()
    {
        await Engine.WhenIdleAsync();
        await Engine.DisposeAsync();
        _root.Delete(recursive: true);
        _log.Errors.ShouldBeEmpty();
    }
}
