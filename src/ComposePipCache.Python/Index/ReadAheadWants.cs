namespace ComposePipCache.Python.Index;

/// <summary>What to ask for next; each thing is named once in the life of a plan.</summary>
public sealed record ReadAheadWants
{
    public required IReadOnlyList<PageRequest> Pages { get; init; }

    /// <summary>Wheels whose METADATA is to be fetched, and given back.</summary>
    public required IReadOnlyList<IndexFile> Metadata { get; init; }

    /// <summary>
    /// Files that pip will fetch: nothing else fits, or nothing can be learned of them otherwise. Of a wheel whose
    /// index has no METADATA the wheel's own is to be given back, of an sdist its <c>pyproject.toml</c>.
    /// </summary>
    public required IReadOnlyList<IndexFile> Files { get; init; }

    /// <summary>Files that pip will probably fetch; they are named when nothing else is left to ask.</summary>
    public required IReadOnlyList<IndexFile> LikelyFiles { get; init; }

    public bool IsEmpty => Pages.Count + Metadata.Count + Files.Count + LikelyFiles.Count == 0;
}
