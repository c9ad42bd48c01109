using ComposePipCache.Python.Text;
using static ComposePipCache.Python.Failures.EvidenceStrength;

namespace ComposePipCache.Python.Failures;

/// <summary>What pip prints and logs of the network; only lines of pip's own shape count.</summary>
internal static class PipNetworkLines
{
    // headings of pip 26.2 and newer, each on a line of its own
    private static readonly (string Text, NetworkCause Cause)[] Headings =
    [
        ("error: connection-failed", NetworkCause.Unspecified),
        ("error: connection-timeout", NetworkCause.TimedOut),
        ("error: ssl-verification-failed", NetworkCause.Tls),
        ("error: proxy-connection-failed", NetworkCause.Proxy),
        ("error: incomplete-download", NetworkCause.CutShort),
    ];

    public static NetworkEvidence? Match(LogLine line) =>
        FailedPage(line) ?? Retry(line) ?? FailedFile(line) ?? Heading(line) ?? Resumption(line);

    private static NetworkEvidence? FailedPage(LogLine line)
    {
        if (line.Starts("Skipping page ") && line.Has("got Content-Type: "))
        {
            return line.Evidence(NetworkCause.NotAnIndexPage, Certain);
        }

        return PageFailure.Parse(line) is { Cause: { } cause } page
            ? line.Evidence(cause, Certain) with { Url = page.Url, Host = UrlFinder.HostOf(page.Url) }
            : null;
    }

    private static NetworkEvidence? Retry(LogLine line)
    {
        const string Total = "Retrying (Retry(total=";
        if (!line.Starts(Total) || !line.Has(", "))
        {
            return null;
        }

        var left = line.Text[Total.Length..line.Text.IndexOf(',', StringComparison.Ordinal)];
        return line.Evidence(NetworkCauses.Of(line.Text) ?? NetworkCause.Unspecified, left == "0" ? Likely : Hint);
    }

    private static NetworkEvidence? FailedFile(LogLine line)
    {
        const string Status = "HTTP error ";
        if (line.Starts(Status) && line.Has(" while getting "))
        {
            return NetworkCauses.StatusAfter(line.Text, Status) is { } status &&
                NetworkCauses.OfStatus(status) is { } cause
                    ? line.Evidence(cause, Certain)
                    : null;
        }

        var isFinal = line.Starts("Could not install packages due to an ") ||
            line.Starts("HTTPConnectionPool(host=") || line.Starts("HTTPSConnectionPool(host=") ||
            line.Starts("('Connection ") || line.Starts("(\"Connection ");
        return isFinal && !line.Has("[Errno 28]") && NetworkCauses.Of(line.Text) is { } inner
            ? line.Evidence(inner, Certain)
            : null;
    }

    private static NetworkEvidence? Heading(LogLine line)
    {
        foreach (var (text, cause) in Headings)
        {
            if (line.Text == text)
            {
                return line.Evidence(cause, Certain);
            }
        }

        return line.Starts("Download failed ") && line.Has("not enough bytes")
            ? line.Evidence(NetworkCause.CutShort, Certain)
            : null;
    }

    private static NetworkEvidence? Resumption(LogLine line) =>
        line.Text switch
        {
            "Connection timed out while downloading." => line.Evidence(NetworkCause.TimedOut, Hint),
            "Connection interrupted while downloading." => line.Evidence(NetworkCause.CutShort, Hint),
            _ => line.Starts("Attempting to resume incomplete download")
                ? line.Evidence(NetworkCause.CutShort, Hint)
                : null,
        };
}
