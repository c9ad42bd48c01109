namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>By which header pip asks for pages; it asks for files with <c>*/*</c>.</summary>
internal static class PageForms
{
    /// <summary>As pip 22.2 and later send it.</summary>
    public const string Json =
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

    public static bool IsWanted(string accept) =>
        accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
        || accept.Contains("application/vnd.pypi.simple", StringComparison.OrdinalIgnoreCase);
}
