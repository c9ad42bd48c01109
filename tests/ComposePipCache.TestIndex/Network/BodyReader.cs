using ComposePipCache.TestIndex.Faults;

namespace ComposePipCache.TestIndex.Network;

/// <summary>The bytes of a transmission: the slice of the source, one byte perhaps flipped, then junk.</summary>
internal sealed class BodyReader : IAsyncDisposable
{
    private const byte Junk = (byte)'~';

    private readonly Transmission _transmission;
    private readonly Stream _source;
    private readonly long _end;
    private long _position;
    private long _padding;

    public BodyReader(Transmission transmission)
    {
        var response = transmission.Response;
        _transmission = transmission;
        _source = transmission.BodyLength == 0 ? Stream.Null : response.Body.Open();
        _position = response.Offset;
        _end = transmission.BodyLength == 0 ? _position : response.Offset + response.Count;
        _padding = transmission.BodyLength == 0 ? 0 : transmission.Padding;
        if (_source.CanSeek)
        {
            _source.Position = _position;
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_position < _end)
        {
            var wanted = (int)Math.Min(buffer.Length, _end - _position);
            var count = await _source.ReadAsync(buffer[..wanted], cancellationToken);
            if (_transmission.FlipAt is { } place && place >= _position && place < _position + count)
            {
                buffer.Span[(int)(place - _position)] ^= 0xFF;
            }

            _position += count;
            return count;
        }

        var junk = (int)Math.Min(buffer.Length, _padding);
        buffer.Span[..junk].Fill(Junk);
        _padding -= junk;
        return junk;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
