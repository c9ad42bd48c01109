namespace ComposePipCache.Python.Requirements;

/// <summary>Version clauses and extras as text: sorted and without spaces, nothing else changed.</summary>
internal static class VersionText
{
    private static readonly string[] Operators = ["===", "==", "<=", ">=", "!=", "~=", "<", ">"];

    /// <summary>Takes <c>[a, b]</c> from the front of a text.</summary>
    public static IReadOnlyList<string> Extras(ref string text)
    {
        var trimmed = text.TrimStart();
        var end = trimmed.IndexOf(']', StringComparison.Ordinal);
        if (!trimmed.StartsWith('[') || end < 0)
        {
            return [];
        }

        text = trimmed[(end + 1)..];
        return [.. trimmed[1..end].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Wheels.ProjectName.Normalize).Distinct().Order(StringComparer.Ordinal)];
    }

    public static string Sort(string text)
    {
        text = text.Trim();
        if (text.StartsWith('(') && text.EndsWith(')'))
        {
            text = text[1..^1];
        }

        var clauses = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(',', clauses.Select(Join).Distinct().Order(StringComparer.Ordinal));
    }

    public static bool IsPinned(string specifier) => specifier.Split(',').Any(
        clause => clause.StartsWith("===", StringComparison.Ordinal)
            || (clause.StartsWith("==", StringComparison.Ordinal) && !clause.Contains('*')));

    private static string Join(string clause)
    {
        var found = Array.Find(Operators, @operator => clause.StartsWith(@operator, StringComparison.Ordinal));
        return found is null ? clause : found + clause[found.Length..].TrimStart();
    }
}
