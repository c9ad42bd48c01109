namespace ComposePipCache.Python.Text;

/// <summary>Takes user names and passwords out of URLs, wherever in a text they stand.</summary>
public static class Credentials
{
    private const string SchemeEnd = "://";
    private const string Hidden = "****@";

    /// <summary><c>https://user:secret@host/</c> becomes <c>https://****@host/</c>.</summary>
    public static string Hide(string text) => Replace(text, Hidden);

    /// <summary><c>https://user:secret@host/</c> becomes <c>https://host/</c>.</summary>
    public static string Remove(string text) => Replace(text, "");

    private static string Replace(string text, string replacement)
    {
        var found = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (found < 0)
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length);
        var done = 0;
        while (found >= 0)
        {
            var start = found + SchemeEnd.Length;
            var at = LastAt(text, start);
            result.Append(text, done, start - done);
            if (at >= 0)
            {
                result.Append(replacement);
            }

            done = at >= 0 ? at + 1 : start;
            found = text.IndexOf(SchemeEnd, done, StringComparison.Ordinal);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    // a password may hold an unescaped @: the last one before the path counts
    private static int LastAt(string text, int start)
    {
        var at = -1;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is '/' or '?' or '#' or '\'' or '"' or '<' or '>' or '`' || char.IsWhiteSpace(text[i]))
            {
                break;
            }

            if (text[i] == '@')
            {
                at = i;
            }
        }

        return at;
    }
}
