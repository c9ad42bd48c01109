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
    public static IndexFile? Find(ProjectDemand demand, IEnumerable<IndexFile> files, CandidateRules rules)
    {
        if (!rules.IsPredictable)
        {
            return null;
        }

        var candidates = demand.Specifier.Filter(
            files.Select(file => Candidate.Of(file, demand, rules)).OfType<Candidate>(),
            candidate => candidate.Version,
            rules.AllowsPrereleases);
        if (demand.HasHashes)
        {
            if (!candidates.Any(candidate => candidate.IsAllowedByHash))
            {
                return null;
            }

            candidates = [.. candidates.Where(candidate => candidate.IsAllowedByHash || candidate.File.Sha256 is null)];
        }

        var takesYanked = demand.Specifier.IsPin && candidates.All(candidate => candidate.File.IsYanked);
        Candidate? best = null;
        foreach (var candidate in candidates.Where(candidate => takesYanked || !candidate.File.IsYanked))
        {
            // of equals the last
            best = candidate.IsAtLeastAsGoodAs(best) ? candidate : best;
        }

        return best is { IsForInterpreter: true } ? best.File : null;
    }
}
