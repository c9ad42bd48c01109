using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Index;

/// <summary>
/// Says what to ask an index for before pip asks: pages, METADATA, files. It does nothing by itself: what arrives is
/// given to it, and it names what to ask for next.
/// </summary>
/// <remarks>
/// It may be wrong, since pip goes back where choices contradict each other and this does not. It always ends: each
/// page, METADATA and file is named once, and the projects are limited. In which order things arrive does not matter,
/// short of that limit. Not for use by several threads at once.
/// </remarks>
public sealed class ReadAheadPlan(ReadAheadContext context)
{
    private readonly ReadAheadKnowledge _knowledge = new(context);
    private readonly List<ReadAheadScope> _scopes = [];
    private readonly HashSet<string> _projects = [];
    private readonly HashSet<Uri> _askedPages = [];
    private readonly HashSet<Uri> _askedMetadata = [];
    private readonly HashSet<Uri> _askedFiles = [];
    private readonly HashSet<string> _builds = [];
    private readonly Dictionary<string, ProjectDemand> _pins = [];
    private IReadOnlyList<IndexFile> _chosen = [];

    /// <summary>The files that were chosen by what is known, in the order of their projects.</summary>
    public IReadOnlyList<IndexFile> Chosen => _chosen;

    /// <summary>True when nothing more can be learned: <see cref="Chosen"/> is what pip will take, probably.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>
    /// True when pip can take nothing but <see cref="Chosen"/>, or fail: every project is wanted by name, of one release,
    /// of which there is a wheel.
    /// </summary>
    public bool IsCertain { get; private set; }

    /// <summary>
    /// The file of a page that pip can take alone, if this is the only page of the project; null where there may be others.
    /// </summary>
    /// <param name="page">Was named before.</param>
    /// <param name="files">What it offers, or did when it was read last.</param>
    public IndexFile? Foretell(PageRequest page, IReadOnlyList<IndexFile> files) =>
        context.Indexes.Count == 1 && _pins.TryGetValue(page.Project, out var pin)
            ? CandidateChoice.Find(pin, files, context.Rules)
            : null;

    /// <summary>Begins with the requirements of a command.</summary>
    public ReadAheadWants Start(CommandRequirements command) => Start(command.Requirements, command.Constraints);

    /// <summary>Begins with requirements and constraints; paths, URLs and lines of options are passed over.</summary>
    public ReadAheadWants Start(IEnumerable<RequirementLine> requirements, IEnumerable<RequirementLine> constraints)
    {
        _scopes.Add(new ReadAheadScope(Named(requirements), Named(constraints)));
        return Next();
    }

    /// <summary>Adds what a project needs to be built in an environment of its own.</summary>
    /// <param name="pyProject">Its <c>pyproject.toml</c>; null when it has none.</param>
    public ReadAheadWants AddBuild(string? pyProject)
    {
        var texts = PyProject.BuildRequirements(pyProject);
        if (_builds.Add(string.Join('\n', texts)))
        {
            var lines = texts.Select(text => new RequirementLine { Requirement = Requirement.Parse(text) });
            _scopes.Add(new ReadAheadScope(Named(lines), []));
        }

        return Next();
    }

    /// <summary>Takes a page.</summary>
    /// <param name="page">The URL as it was asked for.</param>
    /// <param name="files">None for a page that is known not to be there; one that failed is not to be given.</param>
    public ReadAheadWants PageArrived(Uri page, IReadOnlyList<IndexFile> files) =>
        _askedPages.Contains(page) && _knowledge.Add(page, files) ? Next() : Nothing;

    /// <summary>Takes the METADATA of a file, from the index or out of the file.</summary>
    public ReadAheadWants MetadataArrived(IndexFile file, string metadata) =>
        _knowledge.Add(file, metadata) ? Next() : Nothing;

    private static ReadAheadWants Nothing { get; } =
        new() { Pages = [], Metadata = [], Files = [], LikelyFiles = [] };

    private static IReadOnlyList<RequirementLine> Named(IEnumerable<RequirementLine> lines) =>
        [.. lines.Where(line => line.Requirement is not null)];

    private ReadAheadWants Next()
    {
        List<PageRequest> pages = [];
        List<IndexFile> metadata = [];
        List<IndexFile> files = [];
        List<IndexFile> chosen = [];
        var isSettled = true;
        var isCertain = context.Rules.IsPredictable;
        foreach (var scope in _scopes)
        {
            var derivation = new ReadAheadDerivation(context, _knowledge);
            derivation.Run(scope);
            pages.AddRange(derivation.Pages.Where(IsNew));
            metadata.AddRange(derivation.Metadata.Where(file => _askedMetadata.Add(file.Url)));
            files.AddRange(derivation.Files.Where(file => _askedFiles.Add(file.Url)));
            chosen.AddRange(derivation.Chosen.Values);
            isSettled &= !derivation.IsWaiting;
            isCertain &= derivation.IsCertain;
            NotePins(derivation);
        }

        _chosen = [.. chosen.DistinctBy(file => file.Url)];
        IsSettled = isSettled;
        IsCertain = isSettled && isCertain && !_knowledge.HasGaps;
        return new ReadAheadWants
        {
            Pages = pages,
            Metadata = metadata,
            Files = files,
            LikelyFiles = isSettled ? [.. _chosen.Where(file => _askedFiles.Add(file.Url))] : [],
        };
    }

    private void NotePins(ReadAheadDerivation derivation)
    {
        foreach (var page in derivation.Pages)
        {
            if (derivation.PinOf(page.Project) is { } pin)
            {
                _pins[page.Project] = pin;
            }
        }
    }

    private bool IsNew(PageRequest page)
    {
        var isWithin = page.Project.Length == 0 || _projects.Contains(page.Project)
            || _projects.Count < context.ProjectLimit;
        if (isWithin && page.Project.Length > 0)
        {
            _projects.Add(page.Project);
        }

        return isWithin && _askedPages.Add(page.Url);
    }
}
