using ComposePipCache.Build;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Cli.Plugin;

/// <summary>Where docker looks for its plugins, in its order.</summary>
internal sealed class CliPluginDirectories(IReadOnlyList<string> paths)
{
    private static readonly string[] System =
    [
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    ];

    public IReadOnlyList<string> Paths { get; } = paths;

    public static CliPluginDirectories Of(DockerConfigDirectory directory, EnvironmentSnapshot environment)
    {
        var extra = directory.ReadConfigFile().PluginDirectories.Select(environment.FullPath);
        return new CliPluginDirectories([.. extra, directory.PluginsPath, .. SystemDirectories(environment)]);
    }

    /// <summary>Every candidate for a plugin, the one docker takes first.</summary>
    public IEnumerable<string> FindAll(string fileName) => Paths
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? $"{fileName}.exe" : fileName))
        .Where(File.Exists);

    private static string[] SystemDirectories(EnvironmentSnapshot environment) =>
        !OperatingSystem.IsWindows() ? System
        : environment["ProgramFiles"] is { } programs ? [Path.Combine(programs, "Docker", "cli-plugins")]
        : [];
}
