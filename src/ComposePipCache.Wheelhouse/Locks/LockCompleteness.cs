using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>Which files of a lock are at hand, and where.</summary>
/// <param name="Present">In the order of the lock.</param>
/// <param name="Missing">In the order of the lock; empty when the step can run from what is here.</param>
public sealed record LockCompleteness(IReadOnlyList<LocatedFile> Present, IReadOnlyList<LockedFile> Missing)
{
    public bool IsComplete => Missing.Count == 0;

    /// <summary>Looks for each file in the sources, in their order.</summary>
    public static async Task<LockCompleteness> CheckAsync(
        StepLock stepLock, IReadOnlyList<IFileSource> sources, CancellationToken cancellationToken)
    {
        List<LocatedFile> present = [];
        List<LockedFile> missing = [];
        foreach (var file in stepLock.Files)
        {
            if (await FindAsync(file, sources, cancellationToken) is { } found)
            {
                present.Add(new LocatedFile(file, found));
            }
            else
            {
                missing.Add(file);
            }
        }

        return new LockCompleteness(present, missing);
    }

    // A file of another size than the lock's is damaged, whatever its digest once was.
    private static async Task<StoredFile?> FindAsync(
        LockedFile file, IReadOnlyList<IFileSource> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(file.ToWanted(), cancellationToken) is { } found && found.Size == file.Size)
            {
                return found;
            }
        }

        return null;
    }
}
