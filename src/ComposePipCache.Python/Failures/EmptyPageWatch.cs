using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>Sees pages in PIP_LOG that list no file: sign-in pages, and pages that ended early unnoticed.</summary>
internal sealed class EmptyPageWatch
{
    private LogLine? _page;

    public NetworkEvidence? Match(LogLine line)
    {
        if (line.Starts("Fetched page http") && line.Has(" as text/html"))
        {
            _page = line;
        }
        else if (line.Has("(from ") && (line.Starts("Found link ") || line.Starts("Skipping link: ")))
        {
            _page = null;
        }
        else if (_page is { } page && line.Starts("Given no hashes to check 0 links "))
        {
            _page = null;
            return page.Evidence(NetworkCause.NotAnIndexPage, EvidenceStrength.Likely);
        }

        return null;
    }
}
