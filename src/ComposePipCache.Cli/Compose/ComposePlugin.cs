using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Compose;

/// <summary>The user's own compose, started the way docker's command line starts it.</summary>
internal sealed class ComposePlugin(string path, EnvironmentSnapshot environment)
{
    /// <summary>Compose takes a call for one of its own, without the word compose, unless this is set.</summary>
    private const string StartedByDocker = "DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND";

    public string Path { get; } = path;

    public static ComposePlugin Locate(DockerConfigDirectory source, EnvironmentSnapshot environment)
    {
        var directories = DockerPlugins.Of(source, environment);
        var path = directories.Find("compose");
        return path is null
            ? throw new PipCacheException(CliErrors.ComposeMissing(directories.Paths))
            : new ComposePlugin(path, environment);
    }

    /// <summary>Docker's options, then the word compose, then what compose is to do.</summary>
    public ProgramStart Start(IEnumerable<string> globals, IEnumerable<string> words, string? completion = null) =>
        new(
            Path,
            completion is null ? [.. globals, "compose", .. words] : [completion, .. globals, "compose", .. words],
            environment[StartedByDocker] is null ? environment.With(StartedByDocker, "docker") : environment);

    /// <summary>What the program says of itself, when it is asked as a plugin.</summary>
    public ProgramStart MetadataRequest() => new(Path, [PluginMetadata.Request], environment);
}
