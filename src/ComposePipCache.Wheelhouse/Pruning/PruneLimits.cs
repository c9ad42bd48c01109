namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>What may be removed, and how much must be. Without any limit everything goes.</summary>
public sealed record PruneLimits
{
    /// <summary>Only what nobody counts on.</summary>
    public bool IsUnusedOnly { get; init; }

    /// <summary>Only what was last used before this.</summary>
    public DateTimeOffset? UsedBefore { get; init; }

    /// <summary>Only as much as it takes to stay within so many bytes.</summary>
    public long? MaxSize { get; init; }
}
