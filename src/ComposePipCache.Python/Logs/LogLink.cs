using System.Buffers;
using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Logs;

/// <summary>A link as pip logs it: <c>URL[#sha256=…] [(from PAGE)] [(requires-python:…)]</c>.</summary>
internal sealed record LogLink(string Url, string FileName, string? Sha256, string? Page, bool HasCredentials)
{
    private const string FromMark = " (from ";
    private const string HashMark = "#sha256=";
    private const int HashLength = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Null where the text starts with no URL.</summary>
    public static LogLink? Parse(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var whole = (end < 0 ? text : text[..end]).TrimEnd(',');
        var scheme = whole.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return null;
        }

        var fragment = whole.IndexOf('#', StringComparison.Ordinal);
        var url = UrlCredentials.Remove(fragment < 0 ? whole : whole[..fragment]);
        return new LogLink(url, NameOf(url), HashOf(whole), PageOf(text), UrlCredentials.Remove(whole) != whole);
    }

    /// <summary>The last part of the path, decoded.</summary>
    public static string NameOf(string url)
    {
        var path = url.Split('?')[0];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static string? HashOf(string url)
    {
        var found = url.IndexOf(HashMark, StringComparison.Ordinal);
        var start = found + HashMark.Length;
        return found >= 0 && url.Length >= start + HashLength
            && url.AsSpan(start, HashLength).IndexOfAnyExcept(Hex) < 0
            ? url.Substring(start, HashLength).ToLowerInvariant()
            : null;
    }

    // the parent of a dependency stands in the same place as a page
    private static string? PageOf(string text)
    {
        var found = text.IndexOf(FromMark, StringComparison.Ordinal);
        if (found < 0)
        {
            return null;
        }

        var start = found + FromMark.Length;
        var end = text.IndexOf(')', start);
        var page = end < 0 ? text[start..] : text[start..end];
        return page.Contains("://", StringComparison.Ordinal) && !page.Contains(' ', StringComparison.Ordinal)
            ? UrlCredentials.Remove(page)
            : null;
    }
}
