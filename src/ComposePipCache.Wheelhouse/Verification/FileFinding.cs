using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Verification;

/// <summary>A file that is not as it should be.</summary>
public sealed record FileFinding
{
    public required FileFindingKind Kind { get; init; }

    public required string FileName { get; init; }

    /// <summary>That of the right content.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Labels of the locks that name it.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The file that is wrong; null where there is none.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public string? Reason { get; init; }
}
