namespace ComposePipCache.Build.Engine;

/// <summary>The folders docker looks for CLI plugins in, in docker's order.</summary>
public sealed class CliPluginSearchPath
{
    private static readonly string[] UnixSystemFolders =
    [
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    ];

    public CliPluginSearchPath(
        DockerConfigDirectory directory, DockerConfigFile configFile, EnvironmentSnapshot environment)
        : this([
            .. configFile.PluginDirectories.Select(environment.FullPath),
            directory.PluginsPath,
            .. SystemFolders(environment),
        ])
    {
    }

    internal CliPluginSearchPath(IReadOnlyList<string> paths) => Paths = paths;

    /// <summary>cliPluginsExtraDirs, then the user's own folder, then those of the system.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The path of a plugin such as <c>buildx</c>, or null.</summary>
    /// <param name="name">Without the prefix <c>docker-</c>.</param>
    /// <param name="except">
    /// A file that does not count, under whatever link: our own, when we look for the plugin we stand in for.
    /// </param>
    public string? Find(string name, string? except = null)
    {
        var fileName = OperatingSystem.IsWindows() ? $"docker-{name}.exe" : $"docker-{name}";
        var excluded = except is null ? null : Resolve(except);
        return Paths.Select(folder => Path.Combine(folder, fileName))
            .Where(ExecutableFile.IsRunnable)
            .FirstOrDefault(path => excluded is null || Resolve(path) != excluded);
    }

    private static string[] SystemFolders(EnvironmentSnapshot environment) => !OperatingSystem.IsWindows()
        ? UnixSystemFolders
        : environment["ProgramFiles"] is { } programs ? [Path.Combine(programs, "Docker", "cli-plugins")] : [];

    // Folders on the way may be links as well, so each part is followed.
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < 40; links++)
        {
            if (FirstLink(full) is not { } link
                || File.ResolveLinkTarget(link, returnFinalTarget: false) is not { } target)
            {
                return full;
            }

            full = Path.GetFullPath(Path.Join(target.FullName, full[link.Length..]));
        }

        return full;
    }

    private static string? FirstLink(string full)
    {
        var end = 0;
        while (end < full.Length)
        {
            var next = full.IndexOf(Path.DirectorySeparatorChar, end + 1);
            end = next < 0 ? full.Length : next;
            if (new FileInfo(full[..end]).LinkTarget is not null)
            {
                return full[..end];
            }
        }

        return null;
    }
}
