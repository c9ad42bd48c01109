namespace ComposePipCache.Python.Index;

/// <summary>Pages and METADATA that arrived, and what was chosen by them.</summary>
internal sealed class ReadAheadKnowledge(ReadAheadContext context)
{
    private readonly Dictionary<Uri, IReadOnlyList<IndexFile>> _pages = [];
    private readonly Dictionary<Uri, CoreMetadata> _metadata = [];
    private readonly Dictionary<(string Project, string Demand), IndexFile?> _choices = [];

    /// <returns>False when it was known already.</returns>
    public bool Add(Uri page, IReadOnlyList<IndexFile> files) => _pages.TryAdd(page, files);

    /// <returns>False when it was known already.</returns>
    public bool Add(IndexFile file, string metadata) =>
        !_metadata.ContainsKey(file.Url) && _metadata.TryAdd(file.Url, CoreMetadata.Parse(metadata));

    public CoreMetadata? MetadataOf(IndexFile file) => _metadata.GetValueOrDefault(file.Url);

    /// <summary>The pages that may have files of a project, in the order in which pip lists their files.</summary>
    public IEnumerable<PageRequest> PagesOf(string project) =>
    [
        .. context.LinkPages.Select(page => new PageRequest("", page)),
        .. context.Indexes.Select(index => PageRequest.Of(index, project)),
    ];

    public bool IsKnown(PageRequest page) => _pages.ContainsKey(page.Url);

    /// <summary>The choice by all pages of the project, which have to be known.</summary>
    public IndexFile? Choose(ProjectDemand demand)
    {
        var key = (demand.Project, $"{demand.Specifier} {demand.HasHashes} {string.Join(' ', demand.Sha256s.Order())}");
        if (!_choices.TryGetValue(key, out var choice))
        {
            choice = CandidateChoice.Find(demand, FilesOf(demand.Project), context.Rules);
            _choices.Add(key, choice);
        }

        return choice;
    }

    private IEnumerable<IndexFile> FilesOf(string project) =>
        PagesOf(project).SelectMany(page => _pages.GetValueOrDefault(page.Url, []));
}
