using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Build.Resolve.Origins;

/// <summary>How the servers of an index are reached and trusted.</summary>
public sealed record OriginOptions
{
    /// <summary>Names that mean something in the container alone, such as its extra hosts.</summary>
    public IReadOnlyCollection<string> ContainerHosts { get; init; } = [];

    /// <summary>Authorities that pip trusts besides those of this machine.</summary>
    public X509Certificate2Collection ExtraAuthorities { get; init; } = [];

    /// <summary>As <c>pip --trusted-host</c>: HOST or HOST:PORT whose certificate is not looked at.</summary>
    public IReadOnlyCollection<string> TrustedHosts { get; init; } = [];

    /// <summary>Whether the user's own proxy is used.</summary>
    public bool IsProxied { get; init; } = true;

    /// <summary>A server that this machine has not reached by then is tried through the container as well.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connects from this machine; null for the usual way.</summary>
    internal Func<DnsEndPoint, CancellationToken, Task<Stream>>? Connect { get; init; }
}
