using System.Globalization;
using System.Net;
using System.Text;

namespace ComposePipCache.TestIndex.Pages;

/// <summary>PEP 503 pages with what PEP 592, 629, 658 and 714 added.</summary>
internal static class HtmlPage
{
    public static string List(IndexFlavour flavour, IEnumerable<string> projects, long serial)
    {
        var page = Start("Simple index", flavour.HasJson);
        foreach (var project in projects)
        {
            page.Append($"    <a href=\"{flavour.Simple}{project}/\">{project}</a>\n");
        }

        return Finish(page, serial);
    }

    public static string Project(PageKey key, IReadOnlyList<FileLink> links, long serial)
    {
        var page = Start($"Links for {key.Project}", key.Flavour.HasJson);
        page.Append($"    <h1>Links for {key.Project}</h1>\n");
        foreach (var link in links)
        {
            AppendLink(page, key.Flavour, link);
        }

        return Finish(page, serial);
    }

    private static StringBuilder Start(string title, bool hasVersion)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html>\n  <head>\n");
        if (hasVersion)
        {
            page.Append("    <meta name=\"pypi:repository-version\" content=\"1.1\">\n");
        }

        return page.Append($"    <title>{title}</title>\n  </head>\n  <body>\n");
    }

    private static void AppendLink(StringBuilder page, IndexFlavour flavour, FileLink link)
    {
        var file = link.File;
        page.Append($"    <a href=\"{link.Url}");
        if (flavour.HasHashes)
        {
            page.Append($"#sha256={file.Sha256}");
        }

        page.Append('"');
        AppendAttribute(page, "data-requires-python", file.RequiresPython);
        AppendAttribute(page, "data-yanked", file.Yanked);
        if (flavour.HasMetadata && file.MetadataSha256 is { } digest)
        {
            AppendAttribute(page, "data-dist-info-metadata", $"sha256={digest}");
            AppendAttribute(page, "data-core-metadata", $"sha256={digest}");
        }

        page.Append($">{file.FileName}</a><br />\n");
    }

    private static void AppendAttribute(StringBuilder page, string name, string? value)
    {
        if (value is not null)
        {
            page.Append($" {name}=\"{WebUtility.HtmlEncode(value)}\"");
        }
    }

    private static string Finish(StringBuilder page, long serial) =>
        page.Append(CultureInfo.InvariantCulture, $"</body>\n</html>\n<!--SERIAL {serial}-->").ToString();
}
