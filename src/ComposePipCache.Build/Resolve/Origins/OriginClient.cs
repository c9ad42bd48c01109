using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Build.Resolve.Origins;

/// <summary>Makes the client that talks with the servers of an index; TLS ends in this process either way.</summary>
internal static class OriginClient
{
    private const int MostConnections = 16;

    /// <summary>It follows no redirects and unpacks nothing.</summary>
    public static HttpMessageInvoker Create(OriginRoutes routes, OriginOptions options) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.IsProxied,
            ConnectTimeout = options.ConnectTimeout + options.Patience,
            MaxConnectionsPerServer = MostConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ConnectCallback = async (context, cancellationToken) => IsServer(context)
                ? await routes.ConnectAsync(context.DnsEndPoint, cancellationToken)
                : await routes.ConnectDirectlyAsync(context.DnsEndPoint, cancellationToken),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (connection, certificate, _, errors) =>
                    errors == SslPolicyErrors.None || IsTrusted(connection, certificate, errors, options),
            },
        },
        disposeHandler: true);

    // Otherwise it is the user's proxy that is connected to.
    private static bool IsServer(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.RequestUri is { } url
        && url.Port == context.DnsEndPoint.Port
        && Bare(url.IdnHost).Equals(Bare(context.DnsEndPoint.Host), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) => host.Trim('[', ']');

    private static bool IsTrusted(
        object connection, X509Certificate? certificate, SslPolicyErrors errors, OriginOptions options)
    {
        if (connection is SslStream { TargetHostName: var host } && options.TrustedHosts.Any(one =>
            one.Split(':')[0].Equals(host, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors
            || options.ExtraAuthorities.Count == 0 || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.ExtraAuthorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
