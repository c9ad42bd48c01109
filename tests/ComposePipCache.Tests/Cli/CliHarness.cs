using ComposePipCache.Build;
using ComposePipCache.Cli.Commands;
using ComposePipCache.Cli.Plugin;
using Shouldly;

namespace ComposePipCache.Tests.Cli;

/// <summary>The command line in one process, on a docker folder and a cache of its own, with compose played.</summary>
internal sealed class CliHarness : IDisposable
{
    private readonly TempFolder _folder = new();

    public CliHarness()
    {
        Directory.CreateDirectory(_folder.At("project"));
        Compose = _folder.WriteScript("docker/cli-plugins/docker-compose", "exit 1");
        Environment = new EnvironmentSnapshot(
            [
                new("DOCKER_CONFIG", _folder.At("docker")),
                new("PIPCACHE_DIR", _folder.At("cache")),
                new("HOME", _folder.At("home")),
            ],
            _folder.At("project"));
    }

    public TempFolder Folder => _folder;

    public string Compose { get; }

    public EnvironmentSnapshot Environment { get; set; }

    public RecordingProcessHost Processes { get; } = new();

    public RecordingOutput Output { get; } = new();

    public RecordingTerminal Terminal { get; } = new();

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string DockerFolder => _folder.At("docker");

    public string Cache => _folder.At("cache");

    public void Set(string name, string? value) => Environment = Environment.With(name, value);

    public Task<int> RunAsync(params string[] words) =>
        new CommandLineRole(new CommandServices(Environment, Processes, Output) { Terminal = Terminal, Clock = Clock })
            .RunAsync(words);

    public async Task<ErrorText> FailAsync(params string[] words)
    {
        var error = await Should.ThrowAsync<PipCacheException>(() => RunAsync(words));
        return error.Text;
    }

    public void Dispose() => _folder.Dispose();
}
