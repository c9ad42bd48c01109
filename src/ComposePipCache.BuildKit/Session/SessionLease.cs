using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.BuildKit.Session;

/// <summary>An open session; disposing it closes the stream to the daemon.</summary>
public sealed class SessionLease : IAsyncDisposable
{
    private readonly ConnectionContext _connection;

    internal SessionLease(ConnectionContext connection) => _connection = connection;

    /// <summary>Fires when the daemon or the server has closed the session.</summary>
    public CancellationToken Closed => _connection.ConnectionClosed;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
