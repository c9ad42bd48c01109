namespace ComposePipCache.TestIndex.Faults;

/// <summary>Globs over paths: <c>?</c> and <c>*</c> stop at a slash, <c>**</c> does not.</summary>
internal static class Glob
{
    public static bool IsMatch(string pattern, string text) => IsMatch(pattern.AsSpan(), text.AsSpan());

    private static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        if (pattern[0] != '*')
        {
            var isSame = !text.IsEmpty && (pattern[0] == text[0] || (pattern[0] == '?' && text[0] != '/'));
            return isSame && IsMatch(pattern[1..], text[1..]);
        }

        var crossesSlash = pattern.StartsWith("**", StringComparison.Ordinal);
        var rest = pattern[(crossesSlash ? 2 : 1)..];
        for (var taken = 0; ; taken++)
        {
            if (IsMatch(rest, text[taken..]))
            {
                return true;
            }

            if (taken == text.Length || (!crossesSlash && text[taken] == '/'))
            {
                return false;
            }
        }
    }
}
