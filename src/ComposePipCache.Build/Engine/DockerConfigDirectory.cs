using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>Where docker's client keeps its configuration, contexts and plugins.</summary>
public sealed record DockerConfigDirectory(string Path)
{
    public string ConfigFilePath => System.IO.Path.Combine(Path, "config.json");

    public string ContextsPath => System.IO.Path.Combine(Path, "contexts");

    public string PluginsPath => System.IO.Path.Combine(Path, "cli-plugins");

    /// <summary><c>--config</c>, then DOCKER_CONFIG, then <c>.docker</c> in the home directory.</summary>
    public static DockerConfigDirectory Locate(string? configOption, EnvironmentSnapshot environment)
    {
        var path = configOption is { Length: > 0 } ? configOption : environment["DOCKER_CONFIG"];
        return new DockerConfigDirectory(
            environment.FullPath(path ?? System.IO.Path.Combine(environment.HomeDirectory, ".docker")));
    }

    /// <summary>Reads config.json; a missing file is an empty configuration.</summary>
    public DockerConfigFile ReadConfigFile() => DockerConfigFile.Read(ConfigFilePath);

    /// <summary>The same, but a file that cannot be read, or is no JSON, is an empty configuration too.</summary>
    /// <remarks>
    /// Docker's command line warns of such a file and goes on without it, and so does compose. Of a file with a value
    /// of the wrong kind they use the rest, which may name another engine: that stays an error.
    /// </remarks>
    public DockerConfigFile ReadUsableConfigFile()
    {
        try
        {
            return ReadConfigFile();
        }
        catch (PipCacheException error)
            when (error.InnerException is JsonException or IOException or UnauthorizedAccessException)
        {
            return DockerConfigParser.Parse(ConfigFilePath, []);
        }
    }
}
