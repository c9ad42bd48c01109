namespace ComposePipCache.TestIndex.Pages;

/// <summary>The three forms of one page, in the public index's order of preference.</summary>
internal enum PageFormat
{
    Html,
    HtmlV1,
    JsonV1,
}

internal static class PageFormats
{
    public const string Json = "application/vnd.pypi.simple.v1+json";
    public const string HtmlV1 = "application/vnd.pypi.simple.v1+html";

    public static string ContentType(this PageFormat format) => format switch
    {
        PageFormat.JsonV1 => Json,
        PageFormat.HtmlV1 => HtmlV1,
        _ => "text/html; charset=UTF-8",
    };

    public static PageFormat? FromMediaType(string mediaType) => mediaType.ToLowerInvariant() switch
    {
        "text/html" => PageFormat.Html,
        HtmlV1 or "application/vnd.pypi.simple.latest+html" => PageFormat.HtmlV1,
        Json or "application/vnd.pypi.simple.latest+json" => PageFormat.JsonV1,
        _ => null,
    };
}
