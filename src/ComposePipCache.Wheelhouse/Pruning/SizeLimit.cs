using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>Keeps a wheelhouse within the size that its user set.</summary>
public static class SizeLimit
{
    // The clocks of file systems move in steps, and a new file has the time of the last one.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(2);

    /// <summary>Removes what no lock names, then what was not used longest, until the rest fits.</summary>
    /// <param name="store">The wheelhouse.</param>
    /// <param name="maxSize">Bytes for files and half downloads together; null does nothing.</param>
    /// <param name="startedAt">When the command began: whatever it used or added since stays.</param>
    /// <param name="cancellationToken">Leaves the rest as it is.</param>
    /// <returns>Null where it fits already, which takes one look at each file's size.</returns>
    /// <exception cref="Errors.WheelhouseException">The wheelhouse cannot be written.</exception>
    public static SizeLimitResult? Keep(
        WheelhouseStore store, long? maxSize, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        if (maxSize is not { } most || Measure(store) <= most)
        {
            return null;
        }

        var candidates = PruneCandidate.Of(WheelhouseInventory.Read(store));
        var limits = new PruneLimits { MaxSize = most, UsedBefore = startedAt - ClockStep };
        var result = WheelhousePrune.Remove(store, PrunePlan.Decide(candidates, limits), cancellationToken);
        return new SizeLimitResult(most, candidates.Sum(one => one.Size) - result.Bytes, result);
    }

    private static long Measure(WheelhouseStore store) =>
        store.List().Sum(file => file.Size)
        + new PartFolder(store).List().Where(one => one.Part.Exists).Sum(one => one.Part.Length);
}
