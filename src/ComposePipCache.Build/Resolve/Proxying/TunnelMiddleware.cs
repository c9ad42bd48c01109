using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Ends the TLS of clients that ask for a tunnel: they talk with us, under the name they asked for.</summary>
internal sealed class TunnelMiddleware(ThrowawayAuthority authority, ProxyKey key, ConnectionDelegate next)
{
    private static ReadOnlyMemory<byte> Established { get; } =
        "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private static ReadOnlyMemory<byte> Refused { get; } =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private static ReadOnlyMemory<byte> Unknown { get; } = Encoding.ASCII.GetBytes(
        "HTTP/1.1 407 Proxy Authentication Required\r\n"
        + $"Proxy-Authenticate: {ProxyKey.Challenge}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    public async Task RunAsync(ConnectionContext connection)
    {
        var channel = ((ProxyConnection)connection).Channel;
        try
        {
            var head = await ConnectHead.ReadAsync(connection.Transport.Input, connection.ConnectionClosed);
            if (head is null)
            {
                await next(connection);
            }
            else if (!key.Opens(head.Authorization))
            {
                await channel.WriteAsync(Unknown, connection.ConnectionClosed);
            }
            else if (Tunnel.Parse(head.Target) is not { } tunnel)
            {
                await channel.WriteAsync(Refused, connection.ConnectionClosed);
            }
            else
            {
                await channel.WriteAsync(Established, connection.ConnectionClosed);
                await ServeAsync(connection, channel, tunnel);
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or InvalidDataException
            or OperationCanceledException)
        {
            // The client has gone, or does not trust us: it says so itself.
            connection.Abort(new ConnectionAbortedException(error.Message));
        }
    }

    private async Task ServeAsync(ConnectionContext connection, Stream channel, Tunnel tunnel)
    {
        var plain = connection.Transport;
        await using var secure = new SslStream(channel, leaveInnerStreamOpen: true);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = authority.CertificateOf(tunnel.Host) },
            connection.ConnectionClosed);
        connection.Features.Set(tunnel);
        connection.Transport = StreamTransport.Over(secure);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
        }
    }
}
