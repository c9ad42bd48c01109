namespace ComposePipCache.Python.Requirements;

/// <summary>The files that describe a project which is installed from its folder.</summary>
public static class ProjectText
{
    private const int MentionLimit = 16;
    private const string Delimiters = " \t\n\r\"',=()[]{}:";

    /// <summary>The names to look for in the project's folder; one of them is enough.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["pyproject.toml", "setup.cfg", "setup.py"];

    /// <summary>The text without comment lines, blank lines and trailing blanks.</summary>
    public static string Normalize(string text)
    {
        var lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None)
            .Select(line => line.TrimEnd())
            .Where(line => line.Length > 0 && !line.AsSpan().TrimStart().StartsWith("#"));
        return string.Join('\n', lines);
    }

    /// <summary>The requirements files that the text names: the project may read its own from there.</summary>
    public static IReadOnlyList<string> MentionedFiles(string text)
    {
        var found = new List<string>();
        foreach (var word in text.Split(Delimiters.ToCharArray()))
        {
            if (found.Count < MentionLimit && IsRequirementsFile(word) && !found.Contains(word))
            {
                found.Add(word);
            }
        }

        return found;
    }

    private static bool IsRequirementsFile(string word) => word.Length < 200
        && word.Contains("require", StringComparison.OrdinalIgnoreCase)
        && (word.EndsWith(".txt", StringComparison.Ordinal) || word.EndsWith(".in", StringComparison.Ordinal));
}
