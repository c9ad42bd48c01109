using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>Removes files and half downloads, beside whatever else uses the wheelhouse.</summary>
/// <remarks>
/// Names are taken away, contents are not touched: whoever has a file open reads it to its end. Locks stay, because a
/// lock whose files are gone still tells what to fetch.
/// </remarks>
public static class WheelhousePrune
{
    /// <summary>Removes what was decided on, as far as it is still there.</summary>
    public static PruneResult Remove(
        WheelhouseStore store, IEnumerable<PruneCandidate> chosen, CancellationToken cancellationToken)
    {
        var parts = new PartFolder(store);
        List<PruneCandidate> removed = [];
        List<PruneCandidate> kept = [];
        foreach (var one in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (one.Package is { } package)
            {
                store.Remove(package.File);
            }

            var isFree = one.Half is null || store.Writer.Try(() => parts.TryDiscard(one.Half.Key));
            (isFree ? removed : kept).Add(one);
        }

        return new PruneResult(removed, kept);
    }

    /// <summary>Forgets which files steps used; offline builds end with that.</summary>
    public static void RemoveLocks(WheelhouseStore store, IEnumerable<UsedLock> locks)
    {
        var records = new LockStore(store);
        foreach (var one in locks)
        {
            records.Remove(one.Lock.Key);
        }
    }
}
