using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComposePipCache.TestIndex.Tests;

/// <summary>How a raw exchange ended.</summary>
internal enum End
{
    Fin,
    Rst,
}

/// <summary>A socket that sends one request and reads until the connection ends.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawClient> ConnectAsync(string url, int? receiveBuffer = null)
    {
        var client = new RawClient();
        if (receiveBuffer is { } size)
        {
            client._socket.ReceiveBufferSize = size;
        }

        var uri = new Uri(url);
        await client._socket.ConnectAsync(IPAddress.Parse(uri.Host), uri.Port, HostedIndex.Token);
        return client;
    }

    /// <summary>GETs with <c>Connection: keep-alive</c>, so that only the server ends the connection.</summary>
    public static async Task<(string Head, byte[] Body, End End)> GetAsync(
        string url, string path, string fields = "")
    {
        using var client = await ConnectAsync(url);
        await client.SendAsync(path, fields);
        return await client.ReadToEndAsync();
    }

    public async Task SendAsync(string path, string fields = "") => await _socket.SendAsync(
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: test\r\n{fields}\r\n"), HostedIndex.Token);

    public async Task<byte[]> ReadAsync(int count)
    {
        var buffer = new byte[count];
        var filled = 0;
        while (filled < count)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(filled), HostedIndex.Token);
            read.ShouldBeGreaterThan(0);
            filled += read;
        }

        return buffer;
    }

    public async Task<(string Head, byte[] Body, End End)> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var end = End.Fin;
        try
        {
            while (await _socket.ReceiveAsync(buffer, HostedIndex.Token) is > 0 and var count)
            {
                await all.WriteAsync(buffer.AsMemory(0, count), HostedIndex.Token);
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            end = End.Rst;
        }

        var bytes = all.ToArray();
        var split = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        return split < 0
            ? (Encoding.ASCII.GetString(bytes), [], end)
            : (Encoding.ASCII.GetString(bytes, 0, split), bytes[(split + 4)..], end);
    }

    public Stream Stream() => new NetworkStream(_socket, ownsSocket: false);

    /// <summary>Leaves with a reset, as a killed process with unread data does.</summary>
    public void Kill()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
