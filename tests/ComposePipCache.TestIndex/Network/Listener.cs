using System.Net;
using System.Net.Sockets;

namespace ComposePipCache.TestIndex.Network;

/// <summary>A listening port that can stop accepting or go away, and come back under the same number.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Action<Socket> _accepted;
    private Socket? _socket;
    private Socket? _filler;
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;

    public Listener(IPEndPoint endPoint, Action<Socket> accepted)
    {
        EndPoint = endPoint;
        _accepted = accepted;
        Bind();
        _loop = AcceptAsync();
    }

    /// <summary>With the real port, when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; private set; }

    /// <summary>The endpoint for clients on this machine.</summary>
    public IPEndPoint LocalEndPoint => EndPoint.Address.Equals(IPAddress.Any)
        ? new IPEndPoint(IPAddress.Loopback, EndPoint.Port)
        : EndPoint;

    public async Task ServeAsync()
    {
        if (_socket is null)
        {
            Bind();
        }
        else if (_filler is null)
        {
            return;
        }

        _socket!.Listen(Backlog);
        EmptyQueue();
        await _loop;
        _loop = AcceptAsync();
    }

    /// <summary>Leaves the queue full, so that the kernel drops what comes: to a client the host is silent.</summary>
    public async Task StopAcceptingAsync()
    {
        await ServeAsync();
        await EndLoopAsync();
        _socket!.Listen(0);
        _filler = new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await FillQueueAsync(_filler);
    }

    /// <summary>Nothing listens any more: connections are refused.</summary>
    public async Task GoAwayAsync()
    {
        await EndLoopAsync();
        _socket?.Dispose();
        _socket = null;
        EmptyQueue();
    }

    public async ValueTask DisposeAsync()
    {
        await GoAwayAsync();
        _stop?.Dispose();
    }

    private void Bind()
    {
        _socket = new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(EndPoint);
        _socket.Listen(Backlog);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    // A queue of length 0 holds one connection. Ours hangs if a client's came first, and is not needed then.
    private async Task FillQueueAsync(Socket filler)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
        try
        {
            await filler.ConnectAsync(LocalEndPoint, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
        }
    }

    private async Task AcceptAsync()
    {
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        var (socket, stop) = (_socket!, _stop.Token);
        try
        {
            while (true)
            {
                _accepted(await socket.AcceptAsync(stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The port was closed under the loop.
        }
    }

    private async Task EndLoopAsync()
    {
        if (_stop is not null)
        {
            await _stop.CancelAsync();
        }

        await _loop;
    }

    private void EmptyQueue()
    {
        _filler?.Dispose();
        _filler = null;
    }
}
