using System.Globalization;

namespace ComposePipCache.TestIndex.Http;

/// <summary>Reads one request after the other from a connection.</summary>
internal sealed class RequestReader(Stream stream)
{
    private const int MaxHeadSize = 64 * 1024;

    private byte[] _buffer = new byte[8 * 1024];
    private int _filled;

    /// <summary>Null at the end of the stream and for what is no HTTP request.</summary>
    public async ValueTask<RequestHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (_filled >= MaxHeadSize || !await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var head = RequestHead.Parse(_buffer.AsSpan(0, end));
        Consume(end + 4);
        return head;
    }

    /// <summary>The body that Content-Length announces; our clients send no chunked ones.</summary>
    public async ValueTask<byte[]> ReadBodyAsync(RequestHead head, CancellationToken cancellationToken)
    {
        var length = int.TryParse(head["Content-Length"], CultureInfo.InvariantCulture, out var value) ? value : 0;
        while (_filled < length && await FillAsync(cancellationToken))
        {
        }

        var body = _buffer[..Math.Min(length, _filled)];
        Consume(body.Length);
        return body;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
        _filled += count;
        return count > 0;
    }

    private void Consume(int count)
    {
        _filled -= count;
        _buffer.AsSpan(count, _filled).CopyTo(_buffer);
    }
}
