using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.Python.Index;
using ComposePipCache.Python.Resolving;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>The files of a step as its pip names them, each of them brought to this host.</summary>
/// <param name="store">The wheelhouse.</param>
/// <param name="serving">What pip was given.</param>
/// <param name="offered">What lay in the step's view.</param>
internal sealed class ResolvedFiles(
    WheelhouseStore store, IndexServing serving, IReadOnlyList<OfferedFile> offered)
{
    private readonly List<LockedFile> _reported = [];

    /// <summary>What pip will install, and whatever else it was given: what it needs for builds is in there.</summary>
    public IReadOnlyList<LockedFile> All =>
    [
        .. _reported.Concat(serving.Served.Select(file => StepLocks.FileOf(file.FileName, file.Sha256, file.Size, file.Url)))
            .DistinctBy(file => (file.FileName, file.Sha256)),
    ];

    /// <summary>The same, and whatever else came although nobody has asked for it yet.</summary>
    public IReadOnlyList<LockedFile> Kept =>
    [
        .. All.Concat(serving.Fetched.Select(file => StepLocks.FileOf(file)))
            .DistinctBy(file => (file.FileName, file.Sha256)),
    ];

    /// <summary>Takes pip's report, and fetches what pip itself did not need to look into.</summary>
    /// <returns>False when a file cannot be had.</returns>
    public async Task<bool> AddAsync(ReadOnlyMemory<byte> report, CancellationToken cancellationToken)
    {
        var read = PipReport.Parse(report);
        var fetches = read.Projects.Where(project => project.Kind == ReportedKind.Archive)
            .Select(project => FetchAsync(project, cancellationToken))
            .ToList();
        var fetched = await Task.WhenAll(fetches);
        _reported.AddRange(fetched.OfType<LockedFile>());
        // Other local files are the image's own, and there again next time.
        _reported.AddRange(read.Projects
            .Where(project => project.Url.StartsWith(OwnLinks.Folder, StringComparison.Ordinal))
            .Select(project => offered.FirstOrDefault(file => file.Name == project.FileName)?.Stored)
            .OfType<StoredFile>()
            .Select(file => StepLocks.FileOf(file)));
        return read.Problem is null && Array.TrueForAll(fetched, file => file is not null);
    }

    /// <summary>Takes the files that are all pip can take, and no others; they are on this host.</summary>
    public void Set(IReadOnlyList<IndexFile> foretold)
    {
        _reported.Clear();
        _reported.AddRange(foretold.Select(file => OwnLinks.IsOf(file.Url)
            ? StepLocks.FileOf(offered.First(one => one.Name == file.FileName).Stored)
            : StepLocks.FileOf(store.Find(file.Sha256!, file.FileName)!, PublicUrl.Of(file.Url.AbsoluteUri))));
    }

    private async Task<LockedFile?> FetchAsync(ReportedProject project, CancellationToken cancellationToken)
    {
        if (project.FileName is not { } name || !Uri.TryCreate(project.Url, UriKind.Absolute, out var url))
        {
            return null;
        }

        var sha256 = project.Sha256 ?? serving.Served.LastOrDefault(file => file.FileName == name)?.Sha256;
        if (sha256 is null)
        {
            return null;
        }

        var isThere = await serving.PrefetchFileAsync(
            new IndexFile { FileName = name, Url = url, Sha256 = sha256 }, cancellationToken);
        return isThere && store.Find(sha256, name) is { } stored
            ? StepLocks.FileOf(stored, PublicUrl.Of(url.AbsoluteUri))
            : null;
    }
}
