using System.Globalization;
using ComposePipCache.Build.Resolve.Proxying;
using ComposePipCache.Build.Resolve.Relaying;

namespace ComposePipCache.Build.Resolve;

/// <summary>Sends a pip, and the pips it starts for builds, through a relay.</summary>
/// <remarks>
/// Options for a pip that ignores its environment, variables for the pips it starts, which were not told of a proxy
/// before 25.0. Proxies and authorities of the environment are taken away: requests prefers them to the session's.
/// </remarks>
internal static class PipProxy
{
    private const string AuthorityFile = "authority.pem";

    // Waiting and trying again are this process's business.
    private const string Retries = "0";
    private const string Seconds = "86400";

    private static readonly string[] Foreign =
    [
        .. new[] { "http_proxy", "https_proxy", "all_proxy", "no_proxy" }
            .SelectMany(name => new[] { name, name.ToUpperInvariant() }),
        "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CLIENT_CERT", "PIP_NO_PROXY_ENV",
    ];

    /// <param name="command">Ends in pip's command and its arguments, where options may be added.</param>
    /// <param name="relay">Where pip finds the proxy.</param>
    /// <param name="server">The proxy.</param>
    public static RelayCommand Use(RelayCommand command, Relay relay, ProxyServer server)
    {
        var key = server.Key;
        var proxy = string.Create(
            CultureInfo.InvariantCulture, $"http://{key.User}:{key.Password}@127.0.0.1:{relay.Port}");
        var authority = $"{relay.Folder}/{AuthorityFile}";
        var own = command.Set.Where(variable => !Foreign.Contains(variable.Key));
        var variables = new Dictionary<string, string>(own, StringComparer.Ordinal)
        {
            ["PIP_PROXY"] = proxy,
            ["PIP_CERT"] = authority,
            ["PIP_RETRIES"] = Retries,
            ["PIP_TIMEOUT"] = Seconds,
            ["PIP_DEFAULT_TIMEOUT"] = Seconds,
            ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
            ["PIP_NO_INPUT"] = "1",
        };
        string[] options = ["--proxy", proxy, "--cert", authority, "--retries", Retries, "--timeout", Seconds];
        // What follows a `--` is no option.
        var named = command.Arguments.TakeWhile(argument => argument != "--").Count();
        return command with
        {
            Arguments = [.. command.Arguments.Take(named), .. options, .. command.Arguments.Skip(named)],
            Set = variables,
            Unset = [.. command.Unset, .. Foreign],
            Files = new Dictionary<string, string>(command.Files, StringComparer.Ordinal)
            {
                [AuthorityFile] = server.AuthorityPem,
            },
        };
    }
}
