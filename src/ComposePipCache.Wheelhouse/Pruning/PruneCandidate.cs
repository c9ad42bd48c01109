using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>Something that could be removed.</summary>
public sealed record PruneCandidate
{
    /// <summary>Tells it from every other one, and settles the order where nothing else does.</summary>
    public required string Id { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Whether somebody counts on it: a lock names the file, or a download goes on with the half.</summary>
    public required bool IsReferenced { get; init; }

    /// <summary>What it is; null for a half download.</summary>
    public StoredPackage? Package { get; init; }

    /// <summary>What it is; null for a stored file.</summary>
    public HalfDownload? Half { get; init; }

    /// <summary>Everything that takes room in a wheelhouse.</summary>
    public static IReadOnlyList<PruneCandidate> Of(WheelhouseInventory inventory) =>
    [
        .. inventory.Packages.Select(package => new PruneCandidate
        {
            Id = $"{package.File.Sha256}/{package.File.FileName}",
            Size = package.File.Size,
            LastUsedAt = package.LastUsedAt,
            IsReferenced = package.IsReferenced,
            Package = package,
        }),
        .. inventory.HalfDownloads.Select(half => new PruneCandidate
        {
            Id = half.Key,
            Size = half.Size,
            LastUsedAt = half.LastUsedAt,
            IsReferenced = true,
            Half = half,
        }),
    ];
}
