using System.Net.Security;
using System.Net.Sockets;

namespace ComposePipCache.TestIndex.Network;

/// <summary>One connection's bytes and its ends, the impolite ones included.</summary>
internal sealed class Wire(Socket socket, Stream stream) : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private long _unsent;

    public Stream Stream => stream;

    /// <summary>All that was handed to the kernel, or tried to.</summary>
    public long Written { get; private set; }

    /// <summary>Announces the bytes before they go: no client shall hold bytes that are not counted yet.</summary>
    public async ValueTask WriteAsync(
        ReadOnlyMemory<byte> bytes, Action announce, CancellationToken cancellationToken)
    {
        Written += bytes.Length;
        announce();
        await stream.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>Written bytes that never left, because the client went away or the connection was cut.</summary>
    public long Unsent()
    {
        // Encryption changes the counts, so that a TLS connection is taken at its word.
        if (stream is not SslStream && TcpCounters.Of(socket) is { } counters)
        {
            _unsent = Math.Max(0, Written - counters.Sent);
        }

        return _unsent;
    }

    /// <summary>Waits until the client has all that was written; a reset would throw the rest away.</summary>
    public async Task DrainAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (TcpCounters.Of(socket) is { IsDrained: false } && time.GetElapsedTime(start) < DrainLimit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    /// <summary>Ends the connection at once, from any thread.</summary>
    public void Abort(Cut cut)
    {
        try
        {
            if (cut == Cut.Reset)
            {
                Unsent();
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            else
            {
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Close();
    }

    /// <summary>Waits for anything from the client.</summary>
    public async Task WaitForBytesAsync(CancellationToken cancellationToken) =>
        _ = await stream.ReadAsync(new byte[1024], cancellationToken);

    /// <summary>Keeps silent until the client closes its end.</summary>
    public async Task WaitForClientToLeaveAsync(CancellationToken cancellationToken)
    {
        var ignored = new byte[1024];
        try
        {
            while (await stream.ReadAsync(ignored, cancellationToken) > 0)
            {
            }
        }
        catch (IOException error) when (error.InnerException
            is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // Leaving with unread bytes is a reset.
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }
}
