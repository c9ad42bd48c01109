using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Versions;

/// <summary>Clauses that a version has to meet, all of them (PEP 440): <c>&gt;=1,&lt;2,!=1.5</c>.</summary>
public sealed class VersionSpecifier
{
    private readonly VersionClause[] _clauses;

    private VersionSpecifier(VersionClause[] clauses) => _clauses = clauses;

    /// <summary>No clause: every version will do.</summary>
    public static VersionSpecifier Any { get; } = new([]);

    /// <summary>A clause names a prerelease, which asks for them.</summary>
    public bool NamesPrerelease => Array.Exists(_clauses, clause => clause.NamesPrerelease);

    /// <summary>One version can meet it and no other, apart from local ones: <c>==1.5</c>, <c>===1.5</c>.</summary>
    public bool IsPin => Array.Exists(_clauses, clause => clause.IsPin);

    /// <summary>Reads clauses as they stand behind a name or in Requires-Python.</summary>
    /// <returns>Null where pip would refuse the text.</returns>
    public static VersionSpecifier? Parse(string text)
    {
        var clauses = new List<VersionClause>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (VersionClause.Parse(part) is not { } clause)
            {
                return null;
            }

            clauses.Add(clause);
        }

        return clauses.Count == 0 ? Any : new VersionSpecifier([.. clauses]);
    }

    /// <summary>Both at once.</summary>
    public VersionSpecifier And(VersionSpecifier other) =>
        other._clauses.Length == 0 ? this
        : _clauses.Length == 0 ? other
        : new VersionSpecifier([.. _clauses, .. other._clauses]);

    /// <param name="version">The version in question.</param>
    /// <param name="allowPrereleases">False: only where a clause names one.</param>
    public bool Contains(PythonVersion version, bool allowPrereleases) =>
        (allowPrereleases || !version.IsPrerelease || NamesPrerelease)
        && Array.TrueForAll(_clauses, clause => clause.Contains(version));

    /// <summary>Decides for all versions from one to another, ends included; prereleases are allowed.</summary>
    /// <returns>Null where it takes some of them.</returns>
    public bool? ContainsAll(PythonVersion first, PythonVersion last)
    {
        bool? result = true;
        foreach (var clause in _clauses)
        {
            result &= clause.ContainsAll(first, last);
        }

        return result;
    }

    /// <summary>What fits, in the order given. Prereleases only if asked for, or if nothing else fits.</summary>
    /// <param name="items">Things that have a version.</param>
    /// <param name="versionOf">Their version.</param>
    /// <param name="allowPrereleases">True for <c>--pre</c>.</param>
    public IReadOnlyList<T> Filter<T>(
        IEnumerable<T> items, Func<T, PythonVersion> versionOf, bool allowPrereleases)
    {
        var fitting = items.Where(item => Contains(versionOf(item), allowPrereleases: true)).ToList();
        return allowPrereleases || NamesPrerelease || fitting.TrueForAll(item => versionOf(item).IsPrerelease)
            ? fitting
            : fitting.FindAll(item => !versionOf(item).IsPrerelease);
    }

    public override string ToString() => string.Join(',', (object[])_clauses);
}
