namespace ComposePipCache.Cli.Plugin;

internal static class ProcessRoles
{
    /// <summary>The file name under which compose looks for its builder.</summary>
    public const string BuilderName = "docker-buildx";

    public static ProcessRole FromName(string processName) =>
        Path.GetFileNameWithoutExtension(processName) == BuilderName ? ProcessRole.Builder : ProcessRole.CommandLine;
}
