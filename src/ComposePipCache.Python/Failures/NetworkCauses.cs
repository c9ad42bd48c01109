namespace ComposePipCache.Python.Failures;

/// <summary>Reads causes out of the texts of urllib3, requests, httpx, reqwest, curl and the kernel.</summary>
public static class NetworkCauses
{
    // The order counts: the text of a proxy or TLS failure quotes the plain one below it.
    private static readonly (NetworkCause Cause, string[] Marks)[] Table =
    [
        (NetworkCause.Proxy,
        [
            "ProxyError(", "Cannot connect to proxy", "Tunnel connection failed", "proxy connection error",
        ]),
        (NetworkCause.Tls,
        [
            "SSLError(", "[SSL:", "CERTIFICATE_VERIFY_FAILED", "ssl certificate", "SSLEOFError",
            "invalid peer certificate", "SSL certificate problem", "SSL_ERROR_SYSCALL",
        ]),
        (NetworkCause.NameNotResolved,
        [
            "NameResolutionError", "Failed to resolve '", "[Errno -2]", "[Errno -3]", "[Errno -5]",
            "getaddrinfo failed", "Temporary failure in name resolution", "Name or service not known",
            "No address associated with hostname", "Could not resolve host", "Could not resolve '",
            "Temporary failure resolving", "unable to resolve host", "failed to lookup address information",
            "dns error", "nodename nor servname provided",
        ]),
        (NetworkCause.TimedOut,
        [
            "ConnectTimeoutError", "ReadTimeoutError", "Read timed out", "[Errno 110]", "ConnectTimeout",
            "ReadTimeout", "didn't respond within", "operation timed out", "Connection timed out",
            "network timeout", "timed out",
        ]),
        (NetworkCause.Refused, ["[Errno 111]", "[Errno 61]", "Connection refused", "os error 111"]),
        (NetworkCause.Unreachable,
        [
            "[Errno 101]", "[Errno 113]", "Network is unreachable", "No route to host", "os error 101",
            "os error 113", "Host is unreachable", "Network unreachable", "[Errno 99]",
        ]),
        (NetworkCause.Reset,
        [
            "ConnectionResetError", "Connection reset by peer", "RemoteDisconnected", "Connection aborted",
            "connection closed before message completed", "connection was closed", "connection was reset",
            "Empty reply from server", "BrokenPipeError",
        ]),
        (NetworkCause.CutShort,
        [
            "IncompleteRead(", "InvalidChunkLength", "Connection broken", "not enough bytes", "early EOF",
            "partial file", "Response ended prematurely", "error decoding response body",
            "end of file before message length reached",
        ]),
    ];

    /// <summary>Null where the text names no failure of the network.</summary>
    public static NetworkCause? Of(string text)
    {
        foreach (var (cause, marks) in Table)
        {
            foreach (var mark in marks)
            {
                if (text.Contains(mark, StringComparison.Ordinal))
                {
                    return cause;
                }
            }
        }

        return StatusAfter(text, "too many ") is { } status ? OfStatus(status) : null;
    }

    /// <summary>429 and 5xx; any other status is an answer, not a failure.</summary>
    public static NetworkCause? OfStatus(int status) => status switch
    {
        429 => NetworkCause.RateLimited,
        >= 500 and <= 599 => NetworkCause.ServerError,
        _ => null,
    };

    /// <summary>A few words for a message: "timed out", "name not resolved".</summary>
    public static string Phrase(this NetworkCause cause) => cause switch
    {
        NetworkCause.NameNotResolved => "name not resolved",
        NetworkCause.Unreachable => "network unreachable",
        NetworkCause.Refused => "connection refused",
        NetworkCause.TimedOut => "timed out",
        NetworkCause.Reset => "connection reset",
        NetworkCause.Tls => "no trusted TLS connection",
        NetworkCause.Proxy => "proxy failed",
        NetworkCause.ServerError => "server error",
        NetworkCause.RateLimited => "too many requests",
        NetworkCause.CutShort => "ended early",
        NetworkCause.Damaged => "file damaged on the way",
        NetworkCause.DamagedInCache => "damaged file in pip's cache",
        NetworkCause.NotAnIndexPage => "not an index page",
        _ => "connection failed",
    };

    /// <summary>The three digits behind a mark.</summary>
    internal static int? StatusAfter(string text, string mark)
    {
        var found = text.IndexOf(mark, StringComparison.Ordinal);
        var start = found + mark.Length;
        return found >= 0 && start + 3 <= text.Length &&
            int.TryParse(text.AsSpan(start, 3), System.Globalization.NumberStyles.None, null, out var status)
            ? status
            : null;
    }
}
