using System.Text;

namespace ComposePipCache.Python.Requirements;

/// <summary>The lines of a requirements file as pip sees them: joined, without comments, variables replaced.</summary>
internal static class RequirementText
{
    private const int ValueLimit = 4096;

    /// <summary>True for a file that pip loads from the network.</summary>
    public static bool IsRemote(string path) =>
        path.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a lock file with URLs of its own (PEP 751).</summary>
    public static bool IsPyLock(string path) =>
        path[(path.LastIndexOf('/') + 1)..].StartsWith("pylock.", StringComparison.Ordinal)
        && path.EndsWith(".toml", StringComparison.Ordinal);

    /// <param name="text">The file.</param>
    /// <param name="lookup">The value of a variable; null or empty leaves <c>${NAME}</c> as it stands.</param>
    public static IEnumerable<string> Lines(string text, Func<string, string?> lookup)
    {
        foreach (var joined in Join(text.TrimStart('\uFEFF')))
        {
            var line = WithoutComment(joined).Trim();
            if (line.Length > 0)
            {
                yield return Expand(line, lookup);
            }
        }
    }

    private static IEnumerable<string> Join(string text)
    {
        var joined = new StringBuilder();
        foreach (var raw in text.Split(["\r\n", "\n", "\r", "\f", "\v"], StringSplitOptions.None))
        {
            var isComment = raw.AsSpan().TrimStart().StartsWith("#");
            if (raw.EndsWith('\\') && !isComment)
            {
                joined.Append(raw.Trim('\\'));
                continue;
            }

            // a comment ends what was continued, and stays a comment
            yield return joined.Append(isComment ? " " : "").Append(raw).ToString();
            joined.Clear();
        }

        yield return joined.ToString();
    }

    private static string WithoutComment(string line)
    {
        for (var hash = line.IndexOf('#', StringComparison.Ordinal); hash >= 0; hash = line.IndexOf('#', hash + 1))
        {
            if (hash == 0 || char.IsWhiteSpace(line[hash - 1]))
            {
                return line[..hash];
            }
        }

        return line;
    }

    private static string Expand(string line, Func<string, string?> lookup)
    {
        var start = line.IndexOf("${", StringComparison.Ordinal);
        if (start < 0)
        {
            return line;
        }

        var result = new StringBuilder();
        var copied = 0;
        for (; start >= 0; start = line.IndexOf("${", start + 2, StringComparison.Ordinal))
        {
            var length = line.AsSpan(start + 2).IndexOfAnyExcept(VariableCharacters);
            if (length <= 0 || line[start + 2 + length] != '}'
                || lookup(line.Substring(start + 2, length)) is not { Length: > 0 and < ValueLimit } value)
            {
                continue;
            }

            result.Append(line, copied, start - copied).Append(value);
            copied = start + length + 3;
        }

        return result.Append(line, copied, line.Length - copied).ToString();
    }

    private static readonly System.Buffers.SearchValues<char> VariableCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
