using System.Text;

namespace ComposePipCache.Python.Commands;

/// <summary>Takes user names, passwords and signatures out of the URLs in a text.</summary>
public static class UrlCredentials
{
    private const string Delimiter = "://";
    private const string Mask = "****";
    private const string Fragment = "#";
    private const string Terminators = " \t\r\n'\"<>`";

    /// <summary>For people: says that something stood there.</summary>
    public static string Redact(string text) => Rewrite(text, Mask + "@", "?" + Mask);

    /// <summary>For comparing: two URLs that differ in credentials alone become equal.</summary>
    public static string Remove(string text) => Rewrite(text, "", null);

    private static string Rewrite(string text, string user, string? query)
    {
        if (!text.Contains(Delimiter, StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var isUrl = false;
        for (var position = 0; position < text.Length;)
        {
            if (string.CompareOrdinal(text, position, Delimiter, 0, Delimiter.Length) == 0)
            {
                position = RewriteAuthority(text, position + Delimiter.Length, user, result);
                isUrl = true;
            }
            else if (isUrl && query is not null && text[position] == '?')
            {
                result.Append(query);
                position = EndOf(text, position, Fragment + Terminators);
            }
            else
            {
                isUrl &= !Terminators.Contains(text[position]);
                result.Append(text[position++]);
            }
        }

        return result.ToString();
    }

    private static int RewriteAuthority(string text, int start, string user, StringBuilder result)
    {
        var end = EndOf(text, start, "/?" + Fragment + Terminators);
        var at = text.AsSpan(start, end - start).LastIndexOf('@');
        var hasSecret = at >= 0 && !IsLoginName(text, start, start + at);
        result.Append(Delimiter).Append(hasSecret ? user : "");
        result.Append(text, hasSecret ? start + at + 1 : start, hasSecret ? end - start - at - 1 : end - start);
        return end;
    }

    // ssh://git@host: the name is part of the address
    private static bool IsLoginName(string text, int start, int at) =>
        text.AsSpan(0, start).EndsWith("ssh://") && !text.AsSpan(start, at - start).Contains(':');

    private static int EndOf(string text, int start, string terminators)
    {
        var length = text.AsSpan(start).IndexOfAny(terminators);
        return length < 0 ? text.Length : start + length;
    }
}
