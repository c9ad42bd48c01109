using System.Net.Sockets;

namespace ComposePipCache.Build.Engine;

/// <summary>Reaches an engine through a socket file, or an abstract socket written as <c>@name</c>.</summary>
internal sealed class UnixSocketDialer(EngineEndpoint endpoint) : IEngineDialer
{
    public EngineEndpoint Endpoint => endpoint;

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var path = endpoint.Address.Name;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var target = new UnixDomainSocketEndPoint(path.StartsWith('@') ? $"\0{path[1..]}" : path);
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (ArgumentOutOfRangeException error)
        {
            socket.Dispose();
            throw new EngineUnreachableException(DialErrors.PathTooLong(endpoint), error);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new EngineUnreachableException(DialErrors.UnixSocket(endpoint, error), error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
    }
}
