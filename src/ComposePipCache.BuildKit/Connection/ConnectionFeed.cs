using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.BuildKit.Connection;

/// <summary>Gives Kestrel streams that were opened elsewhere; it listens nowhere itself.</summary>
internal sealed class ConnectionFeed : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateBounded<ConnectionContext>(16);

    public EndPoint EndPoint { get; } = new FeedEndPoint();

    public ValueTask AddAsync(ConnectionContext connection, CancellationToken cancellationToken) =>
        _connections.Writer.WriteAsync(connection, cancellationToken);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _connections.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class FeedEndPoint : EndPoint
    {
        public override string ToString() => "handed over";
    }
}
