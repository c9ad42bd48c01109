using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>One of the exact files that a step used.</summary>
public sealed record LockedFile
{
    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required LockedFileKind Kind { get; init; }

    /// <summary>Where it can be fetched again; credentials and query are taken out when the lock is written.</summary>
    public string? Url { get; init; }

    /// <summary>The sdist that a built wheel was made from.</summary>
    public string? BuiltFromSha256 { get; init; }

    public WantedFile ToWanted() => new(FileName, Sha256, Size);
}
