namespace ComposePipCache.Cli.Plugin;

internal static class ProcessRoles
{
    private const string BuilderName = "docker-buildx";

    /// <summary>The file name under which compose looks for its builder.</summary>
    public static string BuilderFileName => OperatingSystem.IsWindows() ? $"{BuilderName}.exe" : BuilderName;

    public static ProcessRole FromName(string processName) =>
        Path.GetFileNameWithoutExtension(processName) == BuilderName ? ProcessRole.Builder : ProcessRole.CommandLine;
}
