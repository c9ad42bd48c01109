using System.IO.Pipelines;
using ComposePipCache.Build.Resolve.Relaying;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>A client's connection as Kestrel sees it.</summary>
internal sealed class ProxyConnection : ConnectionContext
{
    // Never disposed: Kestrel may abort at any time.
    private readonly CancellationTokenSource _closed = new();

    public ProxyConnection(RelayStream channel)
    {
        Channel = channel;
        ConnectionId = Guid.NewGuid().ToString("N");
        ConnectionClosed = _closed.Token;
        Transport = StreamTransport.Over(channel);
    }

    public RelayStream Channel { get; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Channel.Abort();
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _closed.CancelAsync();
        await base.DisposeAsync();
    }
}
