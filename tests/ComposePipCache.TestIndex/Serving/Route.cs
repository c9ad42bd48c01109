using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.TestIndex.Pages;

namespace ComposePipCache.TestIndex.Serving;

/// <summary>What a path asks for.</summary>
internal sealed record Route(RequestKind Kind, IndexFlavour? Flavour)
{
    private const string MetadataSuffix = ".metadata";

    /// <summary>The normalized name of the project that the request is about.</summary>
    public string? Project { get; init; }

    /// <summary>The place of the file, without the suffix of its metadata.</summary>
    public string? Location { get; init; }

    public string? RedirectTo { get; init; }

    /// <summary>The distribution's file name, also when its metadata is asked for.</summary>
    public string? FileName => Location?[(Location.LastIndexOf('/') + 1)..];

    public static Route Of(string path)
    {
        foreach (var flavour in IndexFlavour.All)
        {
            if (path == flavour.Simple[..^1])
            {
                return new Route(RequestKind.List, flavour) { RedirectTo = flavour.Simple };
            }

            if (path.StartsWith(flavour.Simple, StringComparison.Ordinal))
            {
                return OfPage(flavour, path[flavour.Simple.Length..]);
            }

            if (path.StartsWith(flavour.Files, StringComparison.Ordinal))
            {
                return OfFile(flavour, path[flavour.Files.Length..]);
            }
        }

        return new Route(RequestKind.Other, null);
    }

    private static Route OfPage(IndexFlavour flavour, string rest)
    {
        if (rest.Length == 0)
        {
            return new Route(RequestKind.List, flavour);
        }

        var name = rest.TrimEnd('/');
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return new Route(RequestKind.Other, flavour);
        }

        var normalized = ProjectName.Normalize(name);
        return new Route(RequestKind.Page, flavour)
        {
            Project = normalized,
            RedirectTo = rest == $"{normalized}/" ? null : $"{flavour.Simple}{Uri.EscapeDataString(normalized)}/",
        };
    }

    private static Route OfFile(IndexFlavour flavour, string location)
    {
        var isMetadata = location.EndsWith(MetadataSuffix, StringComparison.Ordinal);
        var route = new Route(isMetadata ? RequestKind.Metadata : RequestKind.File, flavour)
        {
            Location = isMetadata ? location[..^MetadataSuffix.Length] : location,
        };
        return route with { Project = DistributionName.Parse(route.FileName!)?.Project };
    }
}
