using ComposePipCache.Python.Wheels;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>What a wheelhouse holds at one moment, and for whom; no file of a package is opened.</summary>
public sealed record WheelhouseInventory
{
    private WheelhouseInventory()
    {
    }

    /// <summary>By project, version and file name.</summary>
    public required IReadOnlyList<StoredPackage> Packages { get; init; }

    public required IReadOnlyList<HalfDownload> HalfDownloads { get; init; }

    /// <summary>Those that can be read, by key.</summary>
    public required IReadOnlyList<UsedLock> Locks { get; init; }

    /// <summary>Locks that cannot be read, to be shown as warnings.</summary>
    public required IReadOnlyList<WheelhouseProblem> Problems { get; init; }

    public static WheelhouseInventory Read(WheelhouseStore store)
    {
        var (locks, problems) = ReadLocks(new LockStore(store));
        // A run that was begun needs what it was offered until its own lock is there.
        var pending = new LayerRecords(store).List()
            .Where(record => record.Pending is not null)
            .Select(record => new UsedLock(record.Pending!, record.Pending!.CreatedAt));
        var references = new References([.. locks, .. pending]);
        return new WheelhouseInventory
        {
            Packages = [.. store.List().Select(file => Describe(file, references)).Order(PackageOrder.Instance)],
            HalfDownloads = ReadHalves(store),
            Locks = locks,
            Problems = problems,
        };
    }

    private static (List<UsedLock> Locks, List<WheelhouseProblem> Problems) ReadLocks(LockStore store)
    {
        List<UsedLock> locks = [];
        List<WheelhouseProblem> problems = [];
        foreach (var key in store.Keys())
        {
            var (found, problem) = store.Find(key);
            if (found is not null)
            {
                locks.Add(new UsedLock(found, store.UsedAt(key) ?? found.CreatedAt));
            }

            problems.AddRange(problem is null ? [] : [problem]);
        }

        return (locks, problems);
    }

    private static HalfDownload[] ReadHalves(WheelhouseStore store)
    {
        var parts = new PartFolder(store);
        return
        [
            .. parts.List().Where(one => one.Part.Exists).Select(one => new HalfDownload(
                one.Key,
                parts.Journals.Find(one.Key).Record?.FileName,
                one.Part.Length,
                new DateTimeOffset(one.Part.LastWriteTimeUtc))),
        ];
    }

    private static StoredPackage Describe(StoredFile file, References references)
    {
        var wheel = WheelName.Parse(file.FileName);
        var sdist = wheel is null ? SdistName.Parse(file.FileName) : null;
        var stored = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path));
        var used = references.UsedAt(file.Sha256);
        return new StoredPackage
        {
            File = file,
            Project = wheel?.Project ?? sdist?.Project ?? file.FileName,
            Version = wheel?.Version ?? sdist?.Version,
            Kind = references.IsBuilt(file.Sha256) && PackageFileName.IsWheel(file.FileName) ? LockedFileKind.Built
                : PackageFileName.IsWheel(file.FileName) ? LockedFileKind.Wheel
                : LockedFileKind.Sdist,
            LastUsedAt = used > stored ? used.Value : stored,
            Labels = references.Labels(file.Sha256),
            IsReferenced = references.Has(file.Sha256),
        };
    }
}
