using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>Sees pages in PIP_LOG that list no file: sign-in pages, and pages that ended early unnoticed.</summary>
internal sealed class EmptyPageWatch
{
    private LogLine? _page;

    public NetworkEvidence? Match(LogLine line)
    {
        if (line.Starts("Getting page http"))
        {
            _page = line;
        }
        else if (line.Starts("Could not fetch URL ") || IsJson(line) || IsOfPage(line))
        {
            _page = null;
        }
        else if (_page is { } page && IsEnd(line))
        {
            _page = null;
            return page.Evidence(NetworkCause.NotAnIndexPage, EvidenceStrength.Likely);
        }

        return null;
    }

    // a page that is cut short is no JSON, and that is an error
    private static bool IsJson(LogLine line) => line.Starts("Fetched page ") && line.Has("+json");

    private static bool IsOfPage(LogLine line) =>
        line.Has("(from ") && (line.Starts("Found link ") || line.Starts("Skipping link"));

    private static bool IsEnd(LogLine line) =>
        line.Starts("Given no hashes to check 0 links ") || line.Starts("Could not find a version that satisfies ");
}
