using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Versions;

namespace ComposePipCache.Python.Index;

/// <summary>Pages and METADATA that arrived, and what was worked out of them, which is asked for many times.</summary>
internal sealed class ReadAheadKnowledge(ReadAheadContext context)
{
    private readonly Dictionary<Uri, IReadOnlyList<IndexFile>> _pages = [];
    private readonly Dictionary<Uri, CoreMetadata> _metadata = [];
    private readonly Dictionary<(string Project, VersionSpecifier Specifier, string Hashes), IndexFile?> _choices = [];
    private readonly Dictionary<string, PageRequest[]> _requests = [];
    private readonly Dictionary<string, IReadOnlyList<Candidate>> _candidates = [];
    private readonly Dictionary<(Uri File, string Extras), IReadOnlyList<Requirement>> _applicable = [];
    private readonly Dictionary<(VersionSpecifier First, string Second), VersionSpecifier?> _specifiers = [];

    /// <summary>Something was required that is no project's name, or under a marker that cannot be told.</summary>
    public bool HasGaps { get; private set; }

    /// <returns>False when it was known already.</returns>
    public bool Add(Uri page, IReadOnlyList<IndexFile> files) => _pages.TryAdd(page, files);

    /// <returns>False when it was known already.</returns>
    public bool Add(IndexFile file, string metadata) =>
        !_metadata.ContainsKey(file.Url) && _metadata.TryAdd(file.Url, CoreMetadata.Parse(metadata));

    /// <summary>What a file requires in this environment; null while that is not known.</summary>
    public IReadOnlyList<Requirement>? RequirementsOf(IndexFile file, IReadOnlyCollection<string> extras)
    {
        if (!_metadata.TryGetValue(file.Url, out var metadata))
        {
            return null;
        }

        var key = (file.Url, string.Join(' ', extras));
        if (!_applicable.TryGetValue(key, out var applicable))
        {
            applicable = [.. metadata.Requires.Where(requirement => Counts(requirement, extras))];
            _applicable.Add(key, applicable);
        }

        return applicable;
    }

    /// <summary>True for a project's name whose marker is known to be met.</summary>
    public bool Counts(Requirement requirement, IReadOnlyCollection<string> extras)
    {
        var counts = requirement is { Kind: RequirementKind.Named, Name.Length: > 0 }
            ? context.Rules.Environment.Evaluate(requirement.Marker, extras)
            : null;
        HasGaps |= counts is null;
        return counts == true;
    }

    /// <summary>One specifier and another's text, each time as the same object.</summary>
    /// <returns>Null where pip would refuse the text.</returns>
    public VersionSpecifier? Combine(VersionSpecifier first, string second)
    {
        if (!_specifiers.TryGetValue((first, second), out var both))
        {
            both = VersionSpecifier.Parse(second) is { } specifier ? first.And(specifier) : null;
            _specifiers.Add((first, second), both);
        }

        return both;
    }

    /// <summary>The pages that may have files of a project, in the order in which pip lists their files.</summary>
    public IReadOnlyList<PageRequest> PagesOf(string project)
    {
        if (!_requests.TryGetValue(project, out var pages))
        {
            pages =
            [
                .. context.LinkPages.Select(page => new PageRequest("", page)),
                .. context.Indexes.Select(index => PageRequest.Of(index, project)),
            ];
            _requests.Add(project, pages);
        }

        return pages;
    }

    public bool IsKnown(PageRequest page) => _pages.ContainsKey(page.Url);

    /// <summary>The choice by all pages of the project, which have to be known.</summary>
    public IndexFile? Choose(ProjectDemand demand)
    {
        var hashes = demand.HasHashes ? "hashes " + string.Join(' ', demand.Sha256s.Order(StringComparer.Ordinal)) : "";
        var key = (demand.Project, demand.Specifier, hashes);
        if (!_choices.TryGetValue(key, out var choice))
        {
            choice = CandidateChoice.Find(demand, CandidatesOf(demand.Project), context.Rules);
            _choices.Add(key, choice);
        }

        return choice;
    }

    private IReadOnlyList<Candidate> CandidatesOf(string project)
    {
        if (!_candidates.TryGetValue(project, out var candidates))
        {
            var files = PagesOf(project).SelectMany(page => _pages[page.Url]);
            candidates = CandidateChoice.Candidates(project, files, context.Rules);
            _candidates.Add(project, candidates);
        }

        return candidates;
    }
}
