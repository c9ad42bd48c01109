using System.IO.Pipelines;
using ComposePipCache.BuildKit.Connection;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ComposePipCache.BuildKit.Session;

/// <summary>One session's stream as Kestrel sees it. Closing it twice, or from two sides at once, is fine.</summary>
internal sealed class SessionConnection : ConnectionContext
{
    private const int BufferSize = 64 * 1024;

    // Never disposed: Kestrel and the lease may both abort, in any order.
    private readonly CancellationTokenSource _closed = new();
    private readonly Stream _stream;

    public SessionConnection(BuildSession session, Stream stream)
    {
        _stream = stream;
        ConnectionId = session.Id;
        ConnectionClosed = _closed.Token;
        Transport = new DuplexPipe(
            PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize)),
            new StreamOutput(stream));
        Features.Set(new SessionFeature(session));
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _stream.Dispose();
        _closed.Cancel();
    }

    public override ValueTask DisposeAsync()
    {
        Abort(new ConnectionAbortedException("the session is over"));
        return base.DisposeAsync();
    }
}
