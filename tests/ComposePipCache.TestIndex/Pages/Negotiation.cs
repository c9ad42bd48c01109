using System.Globalization;

namespace ComposePipCache.TestIndex.Pages;

/// <summary>Chooses the form of a page as the public index does.</summary>
internal static class Negotiation
{
    private static readonly PageFormat[] Offers = [PageFormat.Html, PageFormat.HtmlV1, PageFormat.JsonV1];

    /// <summary>The best offer; nothing acceptable is answered with plain HTML, not with 406.</summary>
    public static PageFormat Choose(string? accept, string? format)
    {
        if (format is not null && PageFormats.FromMediaType(format) is { } wanted)
        {
            return wanted;
        }

        var ranges = (accept ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(ParseRange)
            .ToList();
        return ranges.Count == 0 ? PageFormat.Html : Offers.MaxBy(offer => QualityOf(offer, ranges));
    }

    public static bool AcceptsGzip(string? acceptEncoding) => (acceptEncoding ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(ParseRange)
        .Any(coding => coding.MediaType is "gzip" && coding.Quality > 0);

    private static (string MediaType, double Quality) ParseRange(string range)
    {
        var parts = range.Split(';', StringSplitOptions.TrimEntries);
        var weight = parts.Skip(1).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        var quality = weight is null ? 1 : double.TryParse(
            weight.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : 0;
        return (parts[0].ToLowerInvariant(), quality);
    }

    private static double QualityOf(PageFormat offer, List<(string MediaType, double Quality)> ranges)
    {
        double? exact = null, group = null, any = null;
        foreach (var (mediaType, quality) in ranges)
        {
            if (PageFormats.FromMediaType(mediaType) == offer)
            {
                exact = Math.Max(exact ?? 0, quality);
            }
            else if (mediaType == (offer == PageFormat.Html ? "text/*" : "application/*"))
            {
                group = quality;
            }
            else if (mediaType == "*/*")
            {
                any = quality;
            }
        }

        return exact ?? group ?? any ?? 0;
    }
}
