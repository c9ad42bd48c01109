using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>What git, curl, wget, apt and downloading build scripts print of the network.</summary>
internal static class CommandNetworkLines
{
    private static readonly string[] Starts =
    [
        "fatal: unable to access '", "ssh: Could not resolve hostname ", "ssh: connect to host ",
        "urllib.error.URLError: <urlopen error ", "E: Failed to fetch ",
        "socket.gaierror: ", "wget: unable to resolve host address", "wget: bad address", "curl: (",
        "fatal: early EOF", "error: RPC failed; curl ",
    ];

    // could not resolve, could not connect, cut short, timed out, TLS, nothing received, send and receive errors
    private static readonly string[] CurlCodes =
        ["(5)", "(6)", "(7)", "(18)", "(28)", "(35)", "(52)", "(55)", "(56)", "(60)"];

    public static NetworkEvidence? Match(LogLine line)
    {
        if (!Array.Exists(Starts, line.Starts) || IsAboutThisMachine(line))
        {
            return null;
        }

        var cause = NetworkCauses.Of(line.Text);
        if (cause is null && line.Starts("curl: (") && Array.Exists(CurlCodes, line.Has))
        {
            cause = NetworkCause.Unspecified;
        }

        return cause is { } known
            ? line.Evidence(known, EvidenceStrength.Certain, EvidenceOrigin.Command)
            : null;
    }

    private static bool IsAboutThisMachine(LogLine line) => line.Has("localhost") || line.Has("127.0.0.1");
}
