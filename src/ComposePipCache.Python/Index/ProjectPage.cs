namespace ComposePipCache.Python.Index;

/// <summary>Reads the page of a project: HTML (PEP 503, 592, 658) or JSON (PEP 691, 700, 714).</summary>
/// <remarks>
/// Left out: what pip cannot take by its ending (eggs, installers, signatures), names that are not safe as a file's,
/// links that are neither http nor https. Not read: hashes other than sha256, the reason of a withdrawal, upload
/// times, <c>#egg=</c> fragments, and the members of JSON that say nothing about a file.
/// </remarks>
public static class ProjectPage
{
    /// <summary>What pip takes from a page, in the page's order; empty when the body is something else.</summary>
    /// <param name="body">The page as it came, decompressed.</param>
    /// <param name="contentType">The header; pip reads HTML and JSON and no other type.</param>
    /// <param name="baseUri">Where the page was found, after redirects.</param>
    public static IReadOnlyList<IndexFile> Parse(ReadOnlyMemory<byte> body, string contentType, Uri baseUri)
    {
        if (!baseUri.IsAbsoluteUri)
        {
            return [];
        }

        return contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? JsonPage.Parse(body, baseUri)
            : contentType.Contains("html", StringComparison.OrdinalIgnoreCase)
                ? HtmlPage.Parse(HtmlPage.Decode(body.Span, contentType), baseUri)
            : [];
    }
}
