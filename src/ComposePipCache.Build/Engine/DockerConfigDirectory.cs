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
}
