using System.Net;
using ComposePipCache.Build.Resolve.Relaying;
using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Lets Kestrel accept what a relay's script accepts.</summary>
internal sealed class RelayListener(Relay relay) : IConnectionListenerFactory, IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint { get; } = new RelayEndPoint();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
        try
        {
            return await relay.AcceptAsync(either.Token) is { } channel ? new ProxyConnection(channel) : null;
        }
        catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) => await _unbound.CancelAsync();

    public async ValueTask DisposeAsync() => await _unbound.CancelAsync();

    private sealed class RelayEndPoint : EndPoint
    {
        public override string ToString() => "a relay's script";
    }
}
