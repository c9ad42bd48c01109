using System.Text;

namespace ComposePipCache.BuildKit.Connection;

/// <summary>
/// Turns an HTTP/1.1 connection to the Engine API into a raw stream, as <c>/grpc</c> and <c>/session</c> want.
/// </summary>
/// <remarks>
/// The answer's head is read byte by byte: whatever follows it belongs to HTTP/2, and the daemon may send its settings
/// at once. Nothing may be sent before the 101 either, the daemon drops what it had buffered.
/// </remarks>
public static class HttpHijack
{
    private const int MaximumHeadLength = 16 * 1024;

    /// <summary>Sends the upgrade request and waits for <c>101 Switching Protocols</c>.</summary>
    /// <exception cref="HijackRefusedException">The daemon gave another answer.</exception>
    /// <exception cref="IOException">The connection ended first.</exception>
    public static async Task UpgradeAsync(
        Stream stream,
        string path,
        IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        var request = new StringBuilder()
            .Append("POST ").Append(path).Append(" HTTP/1.1\r\n")
            .Append("Host: docker\r\nUser-Agent: docker-pipcache\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n");
        foreach (var (name, value) in headers)
        {
            request.Append(name).Append(": ").Append(OneLine(value)).Append("\r\n");
        }

        request.Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);
        await stream.FlushAsync(cancellationToken);

        var head = await ReadHeadAsync(stream, path, cancellationToken);
        var statusLine = head[..head.IndexOf("\r\n", StringComparison.Ordinal)];
        if (!statusLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new HijackRefusedException(path, statusLine);
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaximumHeadLength)
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                throw new IOException($"the engine closed the connection before it answered {path}");
            }

            head.Append((char)one[0]);
            if (one[0] == '\n' && EndsHead(head))
            {
                return head.ToString();
            }
        }

        throw new IOException($"the engine's answer to {path} has a head of more than {MaximumHeadLength} bytes");
    }

    /// <summary>A value may carry the name of a folder, and that may carry anything.</summary>
    private static string OneLine(string value) =>
        string.Concat(value.Select(character => char.IsControl(character) ? '?' : character));

    private static bool EndsHead(StringBuilder head) =>
        head.Length >= 4 && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
