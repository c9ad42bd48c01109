using ComposePipCache.Python.Text;
using static ComposePipCache.Python.Failures.EvidenceStrength;

namespace ComposePipCache.Python.Failures;

/// <summary>What uv, poetry, pdm and conda print of the network.</summary>
internal static class ToolNetworkLines
{
    private static readonly string[] UvStarts =
        ["error: ", "Caused by: ", "× ", "├─▶ ", "╰─▶ ", "hint: ", "Failed to fetch: ", "Failed to download "];

    private static readonly string[] UvMarks =
    [
        "error sending request", "client error (Connect)", "client error (SendRequest)", "dns error: ",
        "tcp connect error", "failed to lookup address information", "operation timed out",
        "connection closed before message completed", "error decoding response body", "network timeout",
        "invalid peer certificate", "Connection refused (os error 111)", "Request failed after ",
    ];

    private static readonly string[] ExceptionStarts =
    [
        "httpx.ConnectError", "httpx.ConnectTimeout", "httpx.ReadTimeout", "httpx.ReadError", "httpx.PoolTimeout",
        "httpx.RemoteProtocolError", "httpcore.ConnectError", "CondaHTTPError: ", "CondaSSLError: ",
        "requests.exceptions.ConnectionError: ", "requests.exceptions.ConnectTimeout: ",
        "requests.exceptions.ReadTimeout: ", "requests.exceptions.SSLError: ",
        "requests.exceptions.ChunkedEncodingError: ",
    ];

    public static NetworkEvidence? Match(LogLine line) => Uv(line) ?? Poetry(line) ?? Raised(line);

    private static NetworkEvidence? Uv(LogLine line)
    {
        if (!StartsWithAny(line, UvStarts))
        {
            return null;
        }

        foreach (var mark in (ReadOnlySpan<string>)["HTTP status server error (", "HTTP status client error ("])
        {
            if (NetworkCauses.StatusAfter(line.Text, mark) is { } status)
            {
                return NetworkCauses.OfStatus(status) is { } answer ? line.Evidence(answer, Certain) : null;
            }
        }

        return Array.Exists(UvMarks, line.Has)
            ? line.Evidence(NetworkCauses.Of(line.Text) ?? NetworkCause.Unspecified, Certain)
            : null;
    }

    private static NetworkEvidence? Poetry(LogLine line) =>
        line.Starts("All attempts to connect to ") && line.Has(" failed")
            ? line.Evidence(NetworkCause.Unspecified, Certain) with
            {
                Host = line.Text.Split(' ')[5].TrimEnd('.', ':'),
            }
            : null;

    private static NetworkEvidence? Raised(LogLine line) =>
        StartsWithAny(line, ExceptionStarts) || line.Text == "CONNECTION FAILED"
            ? line.Evidence(NetworkCauses.Of(line.Text) ?? NetworkCause.Unspecified, Certain)
            : null;

    private static bool StartsWithAny(LogLine line, string[] starts) => Array.Exists(starts, line.Starts);
}
