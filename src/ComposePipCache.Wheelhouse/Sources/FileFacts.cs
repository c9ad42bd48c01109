using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>What reading a file once has told about it.</summary>
internal sealed record FileFacts
{
    public required string FileName { get; init; }

    /// <summary>The facts hold for the file with this stamp.</summary>
    public required FileStamp Stamp { get; init; }

    /// <summary>Null when the file can be used.</summary>
    public FolderProblemKind? Problem { get; init; }

    /// <summary>Why it cannot be used.</summary>
    public string? Reason { get; init; }

    /// <summary>Null until somebody asked.</summary>
    public string? Sha256 { get; init; }
}
