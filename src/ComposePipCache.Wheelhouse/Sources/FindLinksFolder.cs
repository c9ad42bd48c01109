using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>A flat folder of the user's, as <c>pip download</c> leaves it; it is never written to.</summary>
public sealed class FindLinksFolder : IFileSource, IDisposable
{
    private readonly FolderFactsStore _store;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, FileFacts> _facts;
    private readonly SemaphoreSlim _gate = new(1);

    private FindLinksFolder(string path, FolderListing listing, FolderFactsStore store, TimeProvider time)
    {
        Path = path;
        Files = listing.Files;
        Problems = listing.Problems;
        SkippedCount = listing.SkippedCount;
        _facts = listing.Facts.ToDictionary(facts => facts.FileName, StringComparer.Ordinal);
        _store = store;
        _time = time;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Names the folder in scopes: made from its path, so that it stays when files come and go.</summary>
    public string Identity => IdentityOf(Path);

    /// <summary>What can be offered, by name. Whether a file fits an interpreter is not looked at.</summary>
    public IReadOnlyList<FolderFile> Files { get; }

    /// <summary>What is left out, to be named to the user; the folder first, then files by name.</summary>
    public IReadOnlyList<FolderProblem> Problems { get; }

    /// <summary>Entries that are no package files at all, such as a README.</summary>
    public int SkippedCount { get; }

    /// <summary>Lists a folder and looks into its files; what is known from the last time is not read again.</summary>
    public static FindLinksFolder Read(string path, WheelhouseStore store, TimeProvider time)
    {
        var folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var facts = new FolderFactsStore(store);
        return new FindLinksFolder(folder, FolderListing.Of(folder, facts.Load(folder)), facts, time);
    }

    /// <summary>The digest of a file, read when it is asked for first.</summary>
    /// <exception cref="WheelhouseException">It cannot be read any more.</exception>
    public async Task<string> DigestAsync(FolderFile file, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var facts = _facts[file.FileName];
            if (facts.Sha256 is { } known && facts.Stamp == FileStamp.Of(file.Path))
            {
                return known;
            }

            var read = await ReadAsync(file, cancellationToken);
            _facts[file.FileName] = read;
            return read.Sha256!;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A file with this content: the one of that name is read first, then those of the same size.</summary>
    public async Task<StoredFile?> FindAsync(WantedFile file, CancellationToken cancellationToken)
    {
        var candidates = Files.Where(one => one.Size == file.Size)
            .OrderByDescending(one => one.FileName == file.FileName);
        foreach (var candidate in candidates)
        {
            if (await TryDigestAsync(candidate, cancellationToken) == file.Sha256)
            {
                return new StoredFile(file.Sha256, candidate.FileName, candidate.Path, candidate.Size);
            }
        }

        return null;
    }

    /// <summary>Keeps for the next time what was read; without it files are only read again.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            var settled = _facts.Values.Where(facts => !facts.Stamp.IsFresh(now));
            await _store.SaveAsync(Path, settled, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    internal static string IdentityOf(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("find-links\n" + folder)));

    private static async Task<FileFacts> ReadAsync(FolderFile file, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(file.Path);
        var copy = await ExistingFile.HashAsync(file.Path, cancellationToken);
        return new FileFacts
        {
            FileName = file.FileName,
            Stamp = stamp ?? new FileStamp(copy.Length, long.MaxValue, 0, 0),
            Sha256 = copy.Sha256,
        };
    }

    // A file that went away or broke since it was listed is not there for the caller.
    private async Task<string?> TryDigestAsync(FolderFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await DigestAsync(file, cancellationToken);
        }
        catch (WheelhouseException)
        {
            return null;
        }
    }
}
