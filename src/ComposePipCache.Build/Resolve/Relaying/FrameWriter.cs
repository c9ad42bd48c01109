using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>Writes whole frames, one after the other, whoever sends them.</summary>
internal sealed class FrameWriter(Stream stream) : IAsyncDisposable
{
    public const int HeadLength = 9;

    private readonly PipeWriter _pipe = PipeWriter.Create(
        stream, new StreamPipeWriterOptions(minimumBufferSize: HeadLength + RelayStream.PieceLength));
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isBroken;

    /// <exception cref="RelayEndedException">Nobody takes frames any more.</exception>
    public async Task SendAsync(
        FrameKind kind, uint channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isBroken)
            {
                throw new RelayEndedException();
            }

            Write(kind, channel, payload.Span);
            // Half a frame would be the end of all channels, so only a broken stream ends this.
            await _pipe.FlushAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is (IOException and not RelayEndedException) or InvalidOperationException)
        {
            _isBroken = true;
            throw new RelayEndedException(error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the stream, which ends the script.</summary>
    public async ValueTask DisposeAsync()
    {
        _isBroken = true;
        await stream.DisposeAsync();
    }

    private void Write(FrameKind kind, uint channel, ReadOnlySpan<byte> payload)
    {
        var head = _pipe.GetSpan(HeadLength);
        head[0] = (byte)kind;
        BinaryPrimitives.WriteUInt32BigEndian(head[1..], channel);
        BinaryPrimitives.WriteInt32BigEndian(head[5..], payload.Length);
        _pipe.Advance(HeadLength);
        _pipe.Write(payload);
    }
}
