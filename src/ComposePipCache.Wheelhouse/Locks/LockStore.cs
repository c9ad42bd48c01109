using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>The locks of a wheelhouse: which files each step used, one JSON file for each step key.</summary>
public sealed class LockStore(WheelhouseStore store)
{
    private static readonly RecordFormat<StepLock> Format = new(
        ReadableJson.Locks.StepLock, StepLock.CurrentFormat, LockRules.IsValid);

    private readonly RecordFolder<StepLock> _records = new(store.Layout.Locks, Format, store.Writer);

    /// <summary>The lock of a step key, as it was written last.</summary>
    public RecordLookup<StepLock> Find(string key) => _records.Find(key);

    /// <summary>Keys of all locks.</summary>
    public IEnumerable<string> Keys() => _records.Keys();

    /// <summary>When a step last used a lock; null when there is no such lock.</summary>
    public DateTimeOffset? UsedAt(string key) => _records.UsedAt(key);

    /// <summary>Notes that a step uses the lock and so its files, so that they are the last to be pruned.</summary>
    /// <remarks>One system call. It sets the time of the lock's file; without a lock nothing happens.</remarks>
    public void MarkUsed(string key, DateTimeOffset now) => _records.MarkUsed(key, now);

    /// <summary>Replaces the lock of its key; equal locks are written as equal bytes.</summary>
    /// <remarks>A file that this version cannot read is kept beside it.</remarks>
    /// <exception cref="ArgumentException">A name, digest or size in it cannot be one.</exception>
    public async Task<StepLock> WriteAsync(StepLock stepLock, CancellationToken cancellationToken)
    {
        var tidy = LockRules.Tidy(stepLock);
        if (!LockRules.IsValid(tidy, tidy.Key))
        {
            throw new ArgumentException("the lock has a name, digest or size that cannot be one", nameof(stepLock));
        }

        await _records.WriteAsync(tidy.Key, tidy, cancellationToken);
        return tidy;
    }

    public void Remove(string key) => _records.Remove(key);
}
