using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Text;

/// <summary>Finds URLs and host names in sentences.</summary>
internal static class UrlFinder
{
    private static readonly string[] HostMarks =
        ["host='", "Failed to resolve '", "Connection to ", "Could not resolve host: ", "Could not resolve '"];

    /// <summary>The first http, https or file URL of the text, up to a blank, a quote or a bracket.</summary>
    public static string? First(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return null;
        }

        var start = scheme;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
        {
            start--;
        }

        var end = scheme + 3;
        while (end < text.Length && !IsEnd(text[end]))
        {
            end++;
        }

        return text[start..end].TrimEnd(':', ',', ';', '.');
    }

    private static bool IsEnd(char next) =>
        char.IsWhiteSpace(next) || next is '\'' or '"' or '`' or '<' or '>' or ')';

    public static string? HostOf(string? url)
    {
        if (url is null || url.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme < 0)
        {
            return null;
        }

        var rest = UrlCredentials.Remove(url)[(scheme + 3)..];
        var end = rest.AsSpan().IndexOfAny("/?#:");
        if (rest.StartsWith('['))
        {
            end = rest.IndexOf(']', StringComparison.Ordinal) + 1;
        }

        var host = end < 0 ? rest : rest[..end];
        return host.Length == 0 ? null : host;
    }

    /// <summary>The host an error message names, from a URL or from the words of urllib3, requests or curl.</summary>
    public static string? HostIn(string text)
    {
        foreach (var mark in HostMarks)
        {
            var found = text.IndexOf(mark, StringComparison.Ordinal);
            if (found < 0)
            {
                continue;
            }

            var start = found + mark.Length;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
            {
                end++;
            }

            if (end > start)
            {
                return text[start..end];
            }
        }

        return HostOf(First(text));
    }
}
