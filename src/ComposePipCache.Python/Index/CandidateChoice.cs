namespace ComposePipCache.Python.Index;

/// <summary>Foretells which file pip would try first.</summary>
/// <remarks>
/// The order is that of pip's resolver from 21.1 on (_internal/index/package_finder.py): allowed hash, not withdrawn,
/// wheel where wheels are preferred, version, tag, build tag; of equals the last. Not foretold: what is installed
/// already, and what pip takes after the first try failed.
/// </remarks>
public static class CandidateChoice
{
    /// <param name="demand">The project and its requirements.</param>
    /// <param name="files">The files of all its pages, find-links first, then the indexes in their order.</param>
    /// <param name="rules">Interpreter and options.</param>
    /// <returns>Null where pip would take none, and where it cannot be told.</returns>
    public static IndexFile? Find(ProjectDemand demand, IEnumerable<IndexFile> files, CandidateRules rules) =>
        Find(demand, Candidates(demand.Project, files, rules), rules);

    /// <summary>The files that can be candidates at all, whatever is demanded of the project.</summary>
    internal static IReadOnlyList<Candidate> Candidates(
        string project, IEnumerable<IndexFile> files, CandidateRules rules) =>
        rules.IsPredictable
            ? [.. files.Select(file => Candidate.Of(file, project, rules)).OfType<Candidate>()]
            : [];

    internal static IndexFile? Find(ProjectDemand demand, IReadOnlyList<Candidate> all, CandidateRules rules)
    {
        var candidates = demand.Specifier.Filter(all, candidate => candidate.Version, rules.AllowsPrereleases);
        if (demand.HasHashes)
        {
            if (!candidates.Any(candidate => candidate.IsAllowedByHash(demand)))
            {
                return null;
            }

            candidates = [.. candidates.Where(
                candidate => candidate.IsAllowedByHash(demand) || candidate.File.Sha256 is null)];
        }

        var takesYanked = demand.Specifier.IsPin && candidates.All(candidate => candidate.File.IsYanked);
        Candidate? best = null;
        foreach (var candidate in candidates.Where(candidate => takesYanked || !candidate.File.IsYanked))
        {
            // of equals the last
            best = candidate.IsAtLeastAsGoodAs(best, demand) ? candidate : best;
        }

        return best is { IsForInterpreter: true } ? best.File : null;
    }
}
