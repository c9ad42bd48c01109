using ComposePipCache.Build;

namespace ComposePipCache.Cli.Settings;

/// <summary>Where a setting stands.</summary>
/// <param name="File">The file; null for the command line and the environment.</param>
/// <param name="Directory">Where relative paths start.</param>
/// <param name="Home">What a leading <c>~</c> stands for.</param>
internal sealed record SettingPlace(string? File, string Directory, string Home)
{
    /// <summary>The shell's own place: the directory the user is in.</summary>
    public static SettingPlace Of(EnvironmentSnapshot environment) =>
        new(null, environment.CurrentDirectory, environment.HomeDirectory);

    public string FullPath(string path) => path is "~" || path.StartsWith("~/", StringComparison.Ordinal)
        ? Path.GetFullPath(path[1..].TrimStart('/'), Home)
        : Path.GetFullPath(path, Directory);
}
