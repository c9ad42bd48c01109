namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>Decides what goes.</summary>
public static class PrunePlan
{
    /// <summary>What to remove, in that order.</summary>
    /// <remarks>
    /// The first to go is what nobody counts on, and among equals what was not used for the longest time. A size is
    /// that of all candidates, of those too that may not be removed.
    /// </remarks>
    public static IReadOnlyList<PruneCandidate> Decide(IReadOnlyList<PruneCandidate> candidates, PruneLimits limits)
    {
        var removable = candidates.Where(one => MayGo(one, limits))
            .OrderBy(one => one.IsReferenced)
            .ThenBy(one => one.LastUsedAt)
            .ThenByDescending(one => one.Size)
            .ThenBy(one => one.Id, StringComparer.Ordinal);
        if (limits.MaxSize is not { } most)
        {
            return [.. removable];
        }

        var excess = candidates.Sum(one => one.Size) - most;
        List<PruneCandidate> chosen = [];
        foreach (var one in removable.Where(one => one.Size > 0))
        {
            if (excess <= 0)
            {
                break;
            }

            chosen.Add(one);
            excess -= one.Size;
        }

        return chosen;
    }

    private static bool MayGo(PruneCandidate one, PruneLimits limits) =>
        !(limits.IsUnusedOnly && one.IsReferenced)
        && (limits.UsedBefore is not { } before || one.LastUsedAt < before);
}
