using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Links;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Doorbell;

/// <summary>The folders of wheels that the user named; looked into when the first step is about to run.</summary>
internal sealed class OwnFolders : IDisposable
{
    private const string PublicScope = "public";

    private readonly Lazy<IReadOnlyList<FindLinksFolder>> _folders;
    private int _reports;

    /// <summary>Takes note of folders.</summary>
    /// <param name="paths">Absolute.</param>
    /// <param name="store">Keeps what was learned of their files.</param>
    /// <param name="clock">Tells files that are still being written.</param>
    public OwnFolders(IReadOnlyList<string> paths, WheelhouseStore store, TimeProvider clock)
    {
        // Steps of one scope share layers, so it names the folders and not what is in them.
        Scope = paths.Count == 0 ? PublicScope : "own-" + InjectedMounts.Name(string.Join('\n', paths));
        _folders = new(() => [.. paths.Select(path => FindLinksFolder.Read(path, store, clock))]);
    }

    /// <summary>The part of the wheelhouse that steps may see.</summary>
    public string Scope { get; }

    /// <summary>The folders, first looked into now.</summary>
    public IReadOnlyList<FindLinksFolder> Folders => _folders.Value;

    /// <summary>What is wrong with them, for the user: the first time it is asked for.</summary>
    public IEnumerable<string> Report() => Interlocked.Increment(ref _reports) == 1 ? FolderReport.Of(Folders) : [];

    /// <summary>Everything in them that can be offered; of two files with one name the first counts.</summary>
    public async Task<IReadOnlyList<OfferedFile>> OfferAsync(CancellationToken cancellationToken)
    {
        var offered = new Dictionary<string, OfferedFile>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            foreach (var file in folder.Files.Where(file => !offered.ContainsKey(file.FileName)))
            {
                if (await DigestAsync(folder, file, cancellationToken) is { } sha256)
                {
                    var stored = new StoredFile(sha256, file.FileName, file.Path, file.Size);
                    offered[file.FileName] = new OfferedFile(BuildTagAlias.Of(file.FileName), stored, IsOwn: true);
                }
            }

            await folder.RememberAsync(cancellationToken);
        }

        return [.. offered.Values];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folders.IsValueCreated)
        {
            foreach (var folder in _folders.Value)
            {
                folder.Dispose();
            }
        }
    }

    private static async Task<string?> DigestAsync(FindLinksFolder folder, FolderFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await folder.DigestAsync(file, cancellationToken);
        }
        catch (WheelhouseException)
        {
            // It went away since the folder was listed.
            return null;
        }
    }
}
