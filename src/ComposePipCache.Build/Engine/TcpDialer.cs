using System.Net.Sockets;
using System.Security.Authentication;

namespace ComposePipCache.Build.Engine;

/// <summary>Reaches an engine over TCP, with TLS where the endpoint has material for it.</summary>
internal sealed class TcpDialer : IEngineDialer
{
    private readonly TlsClient? _tls;

    public TcpDialer(EngineEndpoint endpoint)
    {
        Endpoint = endpoint;
        _tls = endpoint.Tls is { } material ? new TlsClient(material, endpoint.Address.Name) : null;
    }

    public EngineEndpoint Endpoint { get; }

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var network = await ConnectAsync(cancellationToken);
        return _tls is null ? network : await SecureAsync(_tls, network, cancellationToken);
    }

    public void Dispose() => _tls?.Dispose();

    private async Task<NetworkStream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(Endpoint.Address.Name, Endpoint.Address.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new EngineUnreachableException(DialErrors.Tcp(Endpoint, error), error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(TlsClient tls, NetworkStream network, CancellationToken cancellationToken)
    {
        var judge = new ServerCertificateJudge(Endpoint);
        var secure = new EngineTlsStream(network, Endpoint, judge);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.Options, cancellationToken);
            return secure;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            await secure.DisposeAsync();
            throw new EngineUnreachableException(TlsErrors.Handshake(Endpoint, judge.Complaint, error), error);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
