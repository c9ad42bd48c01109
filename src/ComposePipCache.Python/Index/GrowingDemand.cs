using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Versions;

namespace ComposePipCache.Python.Index;

/// <summary>All that is asked of one project, as it comes to light: it only ever grows.</summary>
internal sealed class GrowingDemand(string project)
{
    private readonly SortedSet<string> _certain = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _specifiers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _extras = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _certainExtras = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sha256s = [];
    private bool _hasHashes;

    /// <summary>False while only constraints speak of it.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Wanted whatever is chosen for other projects.</summary>
    public bool IsCertain { get; private set; }

    public IReadOnlyCollection<string> Extras => _extras;

    /// <summary>Those that are asked for whatever is chosen for other projects.</summary>
    public IReadOnlyCollection<string> CertainExtras => _certainExtras;

    /// <summary>Null where a specifier cannot be read.</summary>
    public ProjectDemand? All => Of(_specifiers);

    /// <summary>The part that holds whatever is chosen for other projects.</summary>
    public ProjectDemand? Certain => Of(_certain);

    /// <returns>True when that says something new.</returns>
    public bool Require(Requirement requirement, bool isCertain)
    {
        var isNew = Constrain(requirement, isCertain) | !IsWanted | (isCertain && !IsCertain);
        foreach (var extra in requirement.Extras)
        {
            isNew |= _extras.Add(extra) | (isCertain && _certainExtras.Add(extra));
        }

        IsWanted = true;
        IsCertain |= isCertain;
        return isNew;
    }

    /// <returns>True when that says something new.</returns>
    public bool Constrain(Requirement requirement, bool isCertain)
    {
        if (isCertain)
        {
            _certain.Add(requirement.Specifier);
        }

        return _specifiers.Add(requirement.Specifier);
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

    private ProjectDemand? Of(IEnumerable<string> texts)
    {
        var all = VersionSpecifier.Any;
        foreach (var text in texts)
        {
            if (VersionSpecifier.Parse(text) is not { } specifier)
            {
                return null;
            }

            all = all.And(specifier);
        }

        return new ProjectDemand(project, all) { Sha256s = _sha256s, HasHashes = _hasHashes };
    }
}
