using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Verification;

/// <summary>Reads every stored file to its end, and looks for every file that a lock names.</summary>
/// <remarks>A few files at a time, each through one small buffer.</remarks>
public sealed class WheelhouseCheck(WheelhouseStore store, WheelhouseInventory inventory)
{
    private const int MostAtOnce = 4;

    private readonly Lock _gate = new();
    private readonly List<FileFinding> _findings = [];
    private VerifyProgress _progress = new(0, 0, 0, 0);

    /// <summary>What is wrong, by kind and name.</summary>
    /// <param name="progress">Told after each file, by one thread at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<FileFinding>> RunAsync(
        IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        _progress = new VerifyProgress(0, inventory.Packages.Count, 0, inventory.Packages.Sum(one => one.File.Size));
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Min(MostAtOnce, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(inventory.Packages, options, async (package, token) =>
        {
            var finding = await CheckAsync(package, token);
            lock (_gate)
            {
                _findings.AddRange(finding is null ? [] : [finding]);
                _progress = _progress with
                {
                    Files = _progress.Files + 1,
                    Bytes = _progress.Bytes + package.File.Size,
                };
                progress?.Report(_progress);
            }
        });
        return
        [
            .. _findings.Concat(FindMissing())
                .OrderBy(one => one.Kind)
                .ThenBy(one => one.FileName, StringComparer.Ordinal)
                .ThenBy(one => one.Sha256, StringComparer.Ordinal),
        ];
    }

    /// <summary>Removes the files that are wrong, so that they are fetched again.</summary>
    /// <returns>How many.</returns>
    public int Repair(IEnumerable<FileFinding> findings)
    {
        StoredFile[] wrong = [.. findings.Select(one => one.File).OfType<StoredFile>()];
        foreach (var file in wrong)
        {
            store.Remove(file);
        }

        return wrong.Length;
    }

    private static async Task<FileFinding?> CheckAsync(StoredPackage package, CancellationToken cancellationToken)
    {
        try
        {
            // A file that went meanwhile was pruned by another process.
            var state = await WheelhouseStore.VerifyAsync(package.File, cancellationToken);
            return state == StoredFileState.Damaged ? Wrong(package, FileFindingKind.Damaged, null) : null;
        }
        catch (WheelhouseException error) when (File.Exists(package.File.Path))
        {
            return Wrong(package, FileFindingKind.Unreadable, error.Problem.Why);
        }
        catch (WheelhouseException)
        {
            return null;
        }
    }

    private static FileFinding Wrong(StoredPackage package, FileFindingKind kind, string? reason) => new()
    {
        Kind = kind,
        FileName = package.File.FileName,
        Sha256 = package.File.Sha256,
        Labels = package.Labels,
        File = package.File,
        Reason = reason,
    };

    private IEnumerable<FileFinding> FindMissing()
    {
        var stored = inventory.Packages.Select(one => one.File.Sha256).ToHashSet(StringComparer.Ordinal);
        var own = new FolderFactsStore(store).PresentDigests();
        return inventory.Locks
            .SelectMany(holder => holder.Lock.Files, (holder, file) => (holder.Label, File: file))
            .Where(one => !stored.Contains(one.File.Sha256) && !own.Contains(one.File.Sha256))
            .GroupBy(one => (one.File.FileName, one.File.Sha256))
            .Select(group => new FileFinding
            {
                Kind = FileFindingKind.Missing,
                FileName = group.Key.FileName,
                Sha256 = group.Key.Sha256,
                Labels = [.. group.Select(one => one.Label).Distinct().Order(StringComparer.Ordinal)],
            });
    }
}
