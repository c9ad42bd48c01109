namespace ComposePipCache.Python.Failures;

/// <summary>
/// What a failed step left behind: the file PIP_LOG named (pip tells of failed index pages only there), and what it
/// printed, its two streams in one.
/// </summary>
public sealed record FailedRun(int ExitCode, string? PipLog, string Console)
{
    /// <summary>
    /// The sha256 (hex) that the step's requirements ask for; null when not known. A file with another hash than
    /// one of these is a hard failure, a file with another hash than its index announces was damaged on the way.
    /// </summary>
    public IReadOnlySet<string>? RequiredHashes { get; init; }
}
