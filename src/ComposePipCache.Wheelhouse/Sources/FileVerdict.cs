namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Whether a file can be used, and if not, why.</summary>
internal readonly record struct FileVerdict(FolderProblemKind? Problem, string? Reason)
{
    public static FileVerdict Good { get; }
}
