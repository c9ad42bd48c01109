using System.Text;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.TestIndex.Pages;

/// <summary>Renders a page once for each flavour, form and host name that asks.</summary>
internal static class PageRenderer
{
    // The public index's serials are of this size; ours grow with the number of files.
    private const long FirstSerial = 30_000_000;

    public static RenderedPage? Render(PackageCatalog catalog, PageKey key)
    {
        if (catalog.Pages.TryGetValue(key, out var known))
        {
            return known;
        }

        var files = key.Project is null ? [] : catalog.FilesOf(key.Project);
        if (files is null)
        {
            return null;
        }

        var serial = FirstSerial + files.Count;
        var links = files.Select(file => new FileLink(file, UrlOf(key, file))).ToList();
        var bytes = (key.Project, key.Format) switch
        {
            (null, PageFormat.JsonV1) => JsonPage.List(catalog.Projects, serial),
            (null, _) => Encoding.UTF8.GetBytes(HtmlPage.List(key.Flavour, catalog.Projects, serial)),
            (_, PageFormat.JsonV1) => JsonPage.Project(key, links, serial),
            _ => Encoding.UTF8.GetBytes(HtmlPage.Project(key, links, serial)),
        };
        return catalog.Pages.GetOrAdd(key, new RenderedPage(bytes, serial));
    }

    private static string UrlOf(PageKey key, Distribution file)
    {
        var location = string.Join('/', file.Location.Split('/').Select(Uri.EscapeDataString));
        return key.Flavour.HasRelativeLinks
            ? "../../" + key.Flavour.Files[(key.Flavour.Files.IndexOf('/', 1) + 1)..] + location
            : key.BaseUrl + key.Flavour.Files + location;
    }
}

/// <summary>A file and where the page says it is.</summary>
internal sealed record FileLink(Distribution File, string Url);
