using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Tests.Wheelhouse;

/// <summary>Puts things into a wheelhouse as builds leave them, at times of the test's choice.</summary>
internal sealed class StockedHome(WheelhouseStore store)
{
    /// <summary>A day from which days are counted.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    public WheelhouseInventory Inventory => WheelhouseInventory.Read(store);

    public LockStore Locks { get; } = new(store);

    public static DateTimeOffset Day(int day) => Start.AddDays(day);

    /// <summary>Stores a file that was added on a day.</summary>
    public async Task<StoredFile> AddAsync(string name, string content, int day)
    {
        var file = await store.AddAsync(name, expectedSha256: null, StoreHome.Stream(content), StoreHome.Token);
        File.SetLastWriteTimeUtc(file.Path, Day(day).UtcDateTime);
        return file;
    }

    /// <summary>Writes the lock of a step that was last used on a day.</summary>
    public Task<StepLock> LockAsync(string? label, int day, params IEnumerable<StoredFile> files) =>
        LockAsync(label, day, kind: null, files);

    /// <inheritdoc cref="LockAsync(string?, int, IEnumerable{StoredFile})"/>
    public async Task<StepLock> LockAsync(
        string? label, int day, LockedFileKind? kind, params IEnumerable<StoredFile> files)
    {
        var written = await Locks.WriteAsync(Lock(label, kind, files), StoreHome.Token);
        Locks.MarkUsed(written.Key, Day(day));
        return written;
    }

    public static StepLock Lock(string? label, LockedFileKind? kind, IEnumerable<StoredFile> files)
    {
        var listed = files.ToList();
        var text = $"{label} {string.Join(' ', listed.Select(file => file.FileName))}";
        return new StepLock
        {
            Key = StoreHome.Sha(text),
            KeyText = text,
            CreatedAt = Start,
            Scope = "public",
            Label = label,
            Interpreter = "cpython 3.12",
            Files =
            [
                .. listed.Select(file => new LockedFile
                {
                    FileName = file.FileName,
                    Sha256 = file.Sha256,
                    Size = file.Size,
                    Kind = kind
                        ?? (PackageFileName.IsWheel(file.FileName) ? LockedFileKind.Wheel : LockedFileKind.Sdist),
                }),
            ],
        };
    }

    /// <summary>Leaves a download half done on a day.</summary>
    public async Task<string> AddHalfAsync(string name, string content, int day)
    {
        var parts = new PartFolder(store);
        var key = StoreHome.Sha(name);
        await parts.Journals.WriteAsync(
            key, new PartJournal { FileName = name, Url = "https://index.example/" + name }, StoreHome.Token);
        await File.WriteAllTextAsync(parts.PartOf(key), content, StoreHome.Token);
        File.SetLastWriteTimeUtc(parts.PartOf(key), Day(day).UtcDateTime);
        return key;
    }

    /// <summary>Plays the process that goes on with a half.</summary>
    public IDisposable Download(string key) => DownloadLock.TryTake(new PartFolder(store).LockOf(key))!;
}
