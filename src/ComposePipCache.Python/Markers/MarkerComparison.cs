using ComposePipCache.Python.Versions;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Markers;

/// <summary>One comparison of a marker: of versions where both sides are some, else of texts.</summary>
/// <param name="Name">The variable on one of the sides.</param>
/// <param name="Operator">As it is written, <c>not in</c> with one blank.</param>
internal sealed record MarkerComparison(string Name, string Operator)
{
    private bool IsVersion =>
        Name is "python_version" or "python_full_version" or "implementation_version" or "platform_release";

    /// <summary>Two values on a side stand for all between them.</summary>
    public bool? Decide(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }

        if (left.Count == 1 && right.Count == 1)
        {
            return Decide(left[0], right[0]);
        }

        return IsVersion && right.Count == 1 && Operator is not ("in" or "not in" or "===")
            && Specifier(right[0]) is { } specifier
            && PythonVersion.Parse(left[0]) is { } first && PythonVersion.Parse(left[1]) is { } last
                ? specifier.ContainsAll(first, last)
                : null;
    }

    private bool? Decide(string left, string right)
    {
        if (IsVersion && Specifier(right) is { } specifier)
        {
            return PythonVersion.Parse(left) is { } version
                ? specifier.Contains(version, allowPrereleases: true)
                : null;
        }

        // packaging orders texts up to 25 and no longer from 26 on: what they agree on is known
        return Operator switch
        {
            "==" => left == right,
            "!=" => left != right,
            "in" => right.Contains(left, StringComparison.Ordinal),
            "not in" => !right.Contains(left, StringComparison.Ordinal),
            "<" => string.CompareOrdinal(left, right) < 0 ? null : false,
            ">" => string.CompareOrdinal(left, right) > 0 ? null : false,
            "<=" => left == right ? true : string.CompareOrdinal(left, right) < 0 ? null : false,
            ">=" => left == right ? true : string.CompareOrdinal(left, right) > 0 ? null : false,
            _ => null,
        };
    }

    private VersionSpecifier? Specifier(string text) =>
        text.Contains(',') ? null : VersionSpecifier.Parse(Operator + text);
}
