using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Caches;
using ComposePipCache.Python.Logs;
using ComposePipCache.Python.Wheels;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;
using StoredFile = ComposePipCache.Wheelhouse.Store.StoredFile;

namespace ComposePipCache.Build.Harvest;

/// <summary>Finds each file that pip used: in the view it was offered, in pip's caches, or at its address.</summary>
internal sealed class FileCollector(
    PipServices services, StepContainer container, CacheFolder folder, CancellationToken cancellationToken)
{
    private const string PipFolder = "pip";

    private readonly List<LockedFile> _kept = [];
    private readonly List<(string Path, string FileName)> _damaged = [];

    /// <summary>Collects all files of a log.</summary>
    public async Task<CollectedFiles> CollectAsync(PipLogSummary summary, IReadOnlyList<OfferedFile> offered)
    {
        var open = summary.Files.Where(file => !TryOffered(file, offered)).ToList();
        var hashes = await ReadHashesAsync(open);
        open = await TakeFromCacheAsync(open, hashes);
        open = await TakeBuiltAsync(open, summary);
        open = await FetchAsync(open, hashes);
        await container.Cache.RemoveAsync(folder, _damaged.Select(file => file.Path), cancellationToken);
        return new CollectedFiles(
            [.. _kept.DistinctBy(file => (file.FileName, file.Sha256))],
            [.. open.Where(IsNeeded).Select(file => file.FileName).Distinct()],
            [.. _damaged.Select(file => file.FileName).Distinct()]);
    }

    /// <summary>What lies in the project or the image is there again next time.</summary>
    private static bool IsNeeded(LoggedFile file) => file.Source is FileSource.Index or FileSource.FindLinks or FileSource.WheelCache;

    private bool TryOffered(LoggedFile file, IReadOnlyList<OfferedFile> offered)
    {
        var found = offered.FirstOrDefault(one => one.Name == file.FileName && file.Source == FileSource.FindLinks);
        if (found is not null)
        {
            Keep(found.Stored, found.Stored.FileName, file, url: null);
        }

        return found is not null;
    }

    /// <summary>JSON pages carry the hashes that the log does not have; pip has kept the pages.</summary>
    private async Task<Dictionary<string, string>> ReadHashesAsync(List<LoggedFile> files)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = files.Where(file => file is { Sha256: null, Page: not null }).Select(file => file.Page!).Distinct();
        await CopyOutAsync(pages, async (_, _, body) =>
        {
            foreach (var (name, sha256) in await IndexPageHashes.ReadAsync(body, cancellationToken))
            {
                hashes.TryAdd(name, sha256);
            }
        });
        return hashes;
    }

    private async Task<List<LoggedFile>> TakeFromCacheAsync(List<LoggedFile> files, Dictionary<string, string> hashes)
    {
        var byUrl = files.Where(file => file.Url is not null).ToLookup(file => file.Url!, StringComparer.Ordinal);
        var taken = new HashSet<LoggedFile>();
        foreach (var file in files)
        {
            if (Sha256(file, hashes) is { } sha256 && services.Store.Find(sha256, file.FileName) is { } stored)
            {
                Keep(stored, file.FileName, file, file.Url);
                taken.Add(file);
            }
        }

        var wanted = byUrl.Where(group => !group.All(taken.Contains)).Select(group => group.Key);
        await CopyOutAsync(wanted, async (url, path, body) =>
        {
            foreach (var file in byUrl[url].Take(1))
            {
                if (await TryAddAsync((path, file.FileName), Sha256(file, hashes), body) is { } stored)
                {
                    Keep(stored, file.FileName, file, url);
                    taken.UnionWith(byUrl[url]);
                }
            }
        });
        return [.. files.Where(file => !taken.Contains(file))];
    }

    /// <summary>Wheels that pip compiled in this step or an earlier one, from its own cache of them.</summary>
    private async Task<List<LoggedFile>> TakeBuiltAsync(List<LoggedFile> files, PipLogSummary summary)
    {
        var built = summary.BuiltWheels.Where(wheel => wheel is { IsEditable: false, StoredIn: not null })
            .ToDictionary(wheel => Below(wheel.StoredIn!, wheel.FileName) ?? "", wheel => wheel);
        var earlier = files.Where(file => file is { Source: FileSource.WheelCache, Url: not null })
            .ToDictionary(file => Below(new Uri(file.Url!).LocalPath) ?? "", file => file);
        var taken = new HashSet<LoggedFile>();
        var paths = built.Keys.Concat(earlier.Keys).Where(path => path.Length > 0).Distinct().ToList();
        await container.Cache.CopyOutAsync(
            folder,
            paths,
            async (path, content) =>
            {
                var sha256 = built.GetValueOrDefault(path)?.Sha256;
                if (await TryAddAsync((path, path[(path.LastIndexOf('/') + 1)..]), sha256, content) is { } stored)
                {
                    _kept.Add(StepLocks.FileOf(stored) with { Kind = LockedFileKind.Built });
                    if (earlier.TryGetValue(path, out var file))
                    {
                        taken.Add(file);
                    }
                }
            },
            cancellationToken);
        return [.. files.Where(file => !taken.Contains(file))];
    }

    /// <summary>Where pip keeps no cache, the address is all there is.</summary>
    private async Task<List<LoggedFile>> FetchAsync(List<LoggedFile> files, Dictionary<string, string> hashes)
    {
        var lost = new List<LoggedFile>();
        foreach (var file in files)
        {
            if (file is { Url: { } url, NeedsCredentials: false, Source: FileSource.Index or FileSource.Direct }
                && await services.Fetcher.TryFetchAsync(url, file.FileName, Sha256(file, hashes), cancellationToken) is { } stored)
            {
                Keep(stored, file.FileName, file, url);
            }
            else
            {
                lost.Add(file);
            }
        }

        return lost;
    }

    private static string? Sha256(LoggedFile file, Dictionary<string, string> hashes) =>
        file.Sha256 ?? hashes.GetValueOrDefault(file.FileName);

    /// <summary>The path of a file below our cache mount, from the step's point of view; null when it is elsewhere.</summary>
    private static string? Below(string path, string? fileName = null)
    {
        var full = fileName is null ? path : $"{path.TrimEnd('/')}/{fileName}";
        return full.StartsWith(InjectedMounts.Cache + "/", StringComparison.Ordinal)
            ? full[(InjectedMounts.Cache.Length + 1)..]
            : null;
    }

    private async Task CopyOutAsync(IEnumerable<string> urls, Func<string, string, Stream, Task> receive)
    {
        var paths = urls.SelectMany(url => new[] { HttpCacheEntry.BodyPath(url), HttpCacheEntry.LegacyPath(url) }
            .Select(path => (Path: $"{PipFolder}/{path}", Url: url))).DistinctBy(entry => entry.Path)
            .ToDictionary(entry => entry.Path, entry => entry.Url);
        await container.Cache.CopyOutAsync(
            folder,
            [.. paths.Keys],
            async (path, content) =>
            {
                if (path.EndsWith(".body", StringComparison.Ordinal))
                {
                    await receive(paths[path], path, content);
                }
                else if (await LegacyEntry.SeekBodyAsync(content, cancellationToken) is { } length)
                {
                    await receive(paths[path], path, new BoundedStream(content, length));
                }
            },
            cancellationToken);
    }

    private async Task<StoredFile?> TryAddAsync((string Path, string FileName) entry, string? sha256, Stream content)
    {
        try
        {
            return await services.Store.AddAsync(entry.FileName, sha256, content, cancellationToken);
        }
        catch (DigestMismatchException)
        {
            // A cache entry that went bad: the file is fetched, or counts as lost.
            _damaged.Add(entry);
            return null;
        }
    }

    // The name and the kind that pip told: in its cache a file may have lost both.
    private void Keep(StoredFile stored, string fileName, LoggedFile file, string? url) => _kept.Add(
        StepLocks.FileOf(stored, url) with
        {
            FileName = fileName,
            Kind = file.Kind == FileKind.Sdist ? LockedFileKind.Sdist : LockedFileKind.Wheel,
        });
}
