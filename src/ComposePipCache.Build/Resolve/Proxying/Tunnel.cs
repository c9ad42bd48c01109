namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>The server that a client believes to be talking TLS with.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">Usually 443.</param>
internal sealed record Tunnel(string Host, int Port)
{
    /// <summary>From the target of a CONNECT request; null when it is none.</summary>
    public static Tunnel? Parse(string authority) =>
        Uri.TryCreate($"https://{authority}/", UriKind.Absolute, out var url) && url.UserInfo.Length == 0
            ? new Tunnel(url.IdnHost.Trim('[', ']'), url.Port)
            : null;

    public Uri UrlOf(string target) => new($"https://{new UriBuilder { Host = Host }.Host}:{Port}{target}");
}
