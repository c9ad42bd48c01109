using System.Net.Sockets;
using System.Text;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>A socket where an engine is expected.</summary>
internal sealed class StrangeServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    private StrangeServer(string? answer, bool isListening)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        if (isListening)
        {
            _listener.Listen();
        }

        _serving = answer is null ? Task.CompletedTask : ServeAsync(answer);
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "engine.sock");

    /// <summary>A socket file with nobody behind it.</summary>
    public static StrangeServer Deaf() => new(null, isListening: false);

    /// <summary>Takes connections and reads nothing.</summary>
    public static StrangeServer Silent() => new(null, isListening: true);

    /// <summary>Says the same to everybody, and closes.</summary>
    public static StrangeServer Saying(string answer) => new(answer, isListening: true);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    private async Task ServeAsync(string answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync(_end.Token);
                await client.ReceiveAsync(new byte[4096], _end.Token);
                await client.SendAsync(Encoding.ASCII.GetBytes(answer), _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
