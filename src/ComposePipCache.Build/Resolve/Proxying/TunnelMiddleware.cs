using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Ends the TLS of clients that ask for a tunnel: they talk with us, under the name they asked for.</summary>
internal sealed class TunnelMiddleware(ThrowawayAuthority authority, ConnectionDelegate next)
{
    private static ReadOnlyMemory<byte> Established { get; } = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private static ReadOnlyMemory<byte> Refused { get; } = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    public async Task RunAsync(ConnectionContext connection)
    {
        var channel = ((ProxyConnection)connection).Channel;
        try
        {
            var target = await ConnectHead.ReadAsync(connection.Transport.Input, connection.ConnectionClosed);
            if (target is null)
            {
                await next(connection);
            }
            else if (Tunnel.Parse(target) is not { } tunnel)
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
