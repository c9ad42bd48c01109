using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Steps;
using ComposePipCache.Python.Links;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Doorbell;

/// <summary>What there is on the host for a step.</summary>
internal sealed record StepSupply
{
    /// <summary>The lock of the step's key.</summary>
    public StepLock? Lock { get; init; }

    /// <summary>Whether every file of the lock is at hand.</summary>
    public bool IsLockComplete { get; init; }

    /// <summary>Everything to offer, each name once.</summary>
    public required IReadOnlyList<OfferedFile> Files { get; init; }

    /// <summary>The user's own files that the step's interpreter cannot take.</summary>
    public IReadOnlyList<OfferedFile> Unfit { get; init; } = [];

    /// <summary>How many of the offered files are the user's own.</summary>
    public int OwnCount => Files.Count(file => file.IsOwn);

    /// <summary>What a step runs from once resolving it was tried.</summary>
    public StepMode ModeAfter(ResolveState state) => state switch
    {
        ResolveState.DoesNotBuild => StepMode.Locked,
        ResolveState.Resolved when IsLockComplete => StepMode.Locked,
        _ => StepMode.Online,
    };

    /// <summary>Looks for what a step can use.</summary>
    /// <remarks>
    /// Beside the files of its lock a step gets those of its last run and of a run that did not come to its end: where
    /// the requirements have changed a little, most of them are still the right ones.
    /// </remarks>
    public static async Task<StepSupply> FindAsync(
        PipServices services, PipStep step, (StepKey? Key, StepFit Fit) wanted, CancellationToken cancellationToken)
    {
        var (key, fit) = wanted;
        var own = (await services.Own.OfferAsync(cancellationToken)).ToLookup(file => fit.IsTaken(file.Stored.FileName));
        var files = own[true].ToDictionary(file => file.Name, StringComparer.Ordinal);
        var stepLock = key is null ? null : services.Locks.Find(key.Digest).Record;
        var isComplete = await AddAsync(files, stepLock, services, cancellationToken);
        if (!isComplete)
        {
            var last = services.Layers.Find(step.View).Record?.LockKey;
            await AddAsync(files, last is null ? null : services.Locks.Find(last).Record, services, cancellationToken);
            await AddAsync(files, key is null ? null : PartialLock.Find(services.Locks, key), services, cancellationToken);
        }

        return new StepSupply
        {
            Lock = stepLock,
            IsLockComplete = isComplete,
            Files = [.. files.Values],
            Unfit = [.. own[false]],
        };
    }

    /// <returns>Whether there is a lock and all of it was found.</returns>
    private static async Task<bool> AddAsync(
        Dictionary<string, OfferedFile> files, StepLock? stepLock, PipServices services, CancellationToken cancellationToken)
    {
        if (stepLock is null)
        {
            return false;
        }

        services.Locks.MarkUsed(stepLock.Key, services.Clock.GetUtcNow());
        IFileSource[] sources = [.. services.Own.Folders, services.Store];
        var found = await LockCompleteness.CheckAsync(stepLock, sources, cancellationToken);
        foreach (var (locked, stored) in found.Present)
        {
            // A file the user put beside us under the same name is the one that is meant.
            var name = BuildTagAlias.Of(locked.FileName);
            files.TryAdd(name, new OfferedFile(name, stored, IsOwn: false));
        }

        return found.IsComplete;
    }
}
