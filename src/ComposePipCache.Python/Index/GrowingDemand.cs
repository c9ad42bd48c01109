using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Versions;

namespace ComposePipCache.Python.Index;

/// <summary>All that is asked of one project, as it comes to light: it only ever grows.</summary>
internal sealed class GrowingDemand(string project, ReadAheadKnowledge knowledge)
{
    private readonly Part _all = new(knowledge);
    private readonly Part _certain = new(knowledge);
    private readonly HashSet<string> _sha256s = [];
    private bool _hasHashes;

    /// <summary>False while only constraints speak of it.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Wanted whatever is chosen for other projects.</summary>
    public bool IsCertain { get; private set; }

    public IReadOnlyCollection<string> Extras => _all.Extras;

    /// <summary>Those that are asked for whatever is chosen for other projects.</summary>
    public IReadOnlyCollection<string> CertainExtras => _certain.Extras;

    /// <summary>Null where a specifier cannot be read.</summary>
    public ProjectDemand? All => Of(_all);

    /// <summary>The part that holds whatever is chosen for other projects.</summary>
    public ProjectDemand? Certain => Of(_certain);

    /// <returns>True when that says something new.</returns>
    public bool Require(Requirement requirement, bool isCertain)
    {
        var isNew = _all.Add(requirement) | (isCertain && _certain.Add(requirement)) | !IsWanted
            | (isCertain && !IsCertain);
        IsWanted = true;
        IsCertain |= isCertain;
        return isNew;
    }

    /// <summary>Takes a constraint, which holds whatever is chosen.</summary>
    public void Constrain(RequirementLine line)
    {
        _all.Add(line.Requirement!);
        _certain.Add(line.Requirement!);
        AddHashes(line);
    }

    /// <summary>Takes the <c>--hash</c> options of a line.</summary>
    public void AddHashes(RequirementLine line)
    {
        foreach (var hash in line.Options.Where(option => option is { Name: "--hash", Value: not null }))
        {
            _hasHashes = true;
            if (hash.Value!.StartsWith("sha256:", StringComparison.Ordinal)
                && FileLink.Sha256(hash.Value.AsSpan("sha256:".Length)) is { } sha256)
            {
                _sha256s.Add(sha256);
            }
        }
    }

    private ProjectDemand? Of(Part part) => part.Specifier is { } specifier
        ? new ProjectDemand(project, specifier) { Sha256s = _sha256s, HasHashes = _hasHashes }
        : null;

    private sealed class Part(ReadAheadKnowledge knowledge)
    {
        private readonly HashSet<string> _texts = [];

        public SortedSet<string> Extras { get; } = new(StringComparer.Ordinal);

        public VersionSpecifier? Specifier { get; private set; } = VersionSpecifier.Any;

        public bool Add(Requirement requirement)
        {
            var isNew = _texts.Add(requirement.Specifier);
            if (isNew && Specifier is { } known)
            {
                Specifier = knowledge.Combine(known, requirement.Specifier);
            }

            foreach (var extra in requirement.Extras)
            {
                isNew |= Extras.Add(extra);
            }

            return isNew;
        }
    }
}
