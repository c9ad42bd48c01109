using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>Follows Python tracebacks: an exception counts where pip's own frames are above it.</summary>
internal sealed class TracebackWatch
{
    private static readonly string[] Raised =
    [
        "pip._vendor.urllib3.exceptions.", "pip._vendor.requests.exceptions.", "pip._vendor.requests.packages.urllib3.",
        "pip._internal.exceptions.NetworkConnectionError: ", "socket.timeout: ", "TimeoutError: ",
        "ConnectionResetError: ", "ConnectionRefusedError: ", "http.client.IncompleteRead: ", "ssl.SSLError: ",
    ];

    private int _indent = -1;
    private bool _isPip;
    private bool _isIndexPage;

    public NetworkEvidence? Match(LogLine line)
    {
        if (line.Starts("Traceback (most recent call last):"))
        {
            (_indent, _isPip, _isIndexPage) = (line.Indent, false, false);
            return null;
        }

        if (_indent < 0 || line.Text.Length == 0)
        {
            return null;
        }

        if (line.Indent > _indent)
        {
            if (line.Starts("File \""))
            {
                _isPip |= line.Has("/pip/_vendor/") || line.Has("/pip/_internal/") || line.Has("/pip/download.py");
                _isIndexPage |= line.Has("/pip/_internal/index/");
            }

            return null;
        }

        _indent = -1;
        return _isPip ? OfException(line) : null;
    }

    /// <summary>A wheel that is no archive comes from a download that ended early and was not noticed.</summary>
    public bool IsDamagedFile(LogLine line) => _indent >= 0 && _isPip && line.Indent <= _indent &&
        (line.Starts("zipfile.BadZipFile: ") || line.Starts("BadZipFile: "));

    private NetworkEvidence? OfException(LogLine line)
    {
        if (_isIndexPage && line.Has("JSONDecodeError: "))
        {
            return line.Evidence(NetworkCause.CutShort, EvidenceStrength.Certain);
        }

        return Array.Exists(Raised, line.Starts) && NetworkCauses.Of(line.Text) is { } cause
            ? line.Evidence(cause, EvidenceStrength.Certain)
            : null;
    }
}
