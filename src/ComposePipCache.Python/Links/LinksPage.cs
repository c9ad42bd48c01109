using System.Text;

namespace ComposePipCache.Python.Links;

/// <summary>Writes the page that <c>--find-links</c> reads: one link a file, with its hash.</summary>
/// <remarks>A folder would not do: its links carry no hash, and from 20.3 on pip prefers the index to it.</remarks>
public static class LinksPage
{
    // The dot keeps a colon in a name from ending a scheme.
    private const string Beside = "./";

    /// <summary>The name of the page in its folder.</summary>
    public const string FileName = "links.html";

    /// <summary>A page of files; the same files give the same bytes.</summary>
    /// <param name="files">Name and sha256 in hex.</param>
    /// <param name="folder">The URL of their folder, with its slash; where they lie beside the page, its default.</param>
    public static byte[] Write(IEnumerable<(string Name, string Sha256)> files, string folder = Beside)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>wheels</title></head><body>\n");
        foreach (var (name, sha256) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            // Escaped for a URL, nothing is left that HTML would read otherwise.
            page.Append("<a href=\"").Append(folder).Append(Uri.EscapeDataString(name)).Append("#sha256=").Append(sha256).Append("\">")
                .Append(Escape(name)).Append("</a><br>\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("</body></html>\n").ToString());
    }

    private static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);
}
