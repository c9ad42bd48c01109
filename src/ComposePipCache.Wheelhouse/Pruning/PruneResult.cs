namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>What a prune did.</summary>
/// <param name="Removed">What went.</param>
/// <param name="Kept">Half downloads that somebody is adding to right now.</param>
public sealed record PruneResult(IReadOnlyList<PruneCandidate> Removed, IReadOnlyList<PruneCandidate> Kept)
{
    /// <summary>Bytes that went; a file that somebody has open frees them when it is closed.</summary>
    public long Bytes => Removed.Sum(one => one.Size);
}
