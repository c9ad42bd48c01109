using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.BuildKit.Session;

/// <summary>An open session; disposing it closes the stream to the daemon.</summary>
public sealed class SessionLease : IAsyncDisposable
{
    private readonly ConnectionContext _connection;
    private readonly Stream _stream;

    internal SessionLease(ConnectionContext connection, Stream stream)
    {
        _connection = connection;
        _stream = stream;
    }

    /// <summary>Fires when the daemon or the server has closed the session.</summary>
    public CancellationToken Closed => _connection.ConnectionClosed;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connection.Abort(new ConnectionAbortedException("the session is over"));
        await _stream.DisposeAsync();
    }
}
