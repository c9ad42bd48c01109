using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ComposePipCache.TestIndex.Http;
using ComposePipCache.TestIndex.Network;

namespace ComposePipCache.TestIndex.Control;

/// <summary>The control port: it stays when the index goes away.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly ControlApi _api;
    private readonly Listener _listener;
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();

    public ControlServer(IndexServer index, IPEndPoint endPoint)
    {
        _api = new ControlApi(index);
        _listener = new Listener(endPoint, Accept);
    }

    public IPEndPoint EndPoint => _listener.LocalEndPoint;

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private void Accept(Socket socket)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[socket] = TalkAsync(socket, start.Task);
        start.SetResult();
    }

    private async Task TalkAsync(Socket socket, Task start)
    {
        await start;
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var reader = new RequestReader(stream);
        try
        {
            while (await reader.ReadHeadAsync(_stop.Token) is { } head)
            {
                var body = await reader.ReadBodyAsync(head, _stop.Token);
                await stream.WriteAsync(Render(await _api.AnswerAsync(head, body, _stop.Token)), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client left, or the index stops.
        }
        finally
        {
            _connections.TryRemove(socket, out _);
        }
    }

    private static byte[] Render(Response response)
    {
        var body = ((MemoryBody)response.Body).Bytes;
        var length = body.Length.ToString(CultureInfo.InvariantCulture);
        var head = $"HTTP/1.1 {response.Status} {StatusText.Of(response.Status)}\r\n"
            + $"Content-Type: {response.Fields["Content-Type"]}\r\nContent-Length: {length}\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }
}
