using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>Reads frames and hands each to whoever it is for, without ever waiting for them.</summary>
internal sealed class FrameReader(Stream stream, Action<FrameKind, uint, ReadOnlySequence<byte>> take)
{
    private const int BufferLength = 256 * 1024;
    private const int LongestPayload = 1024 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(
        stream, new StreamPipeReaderOptions(bufferSize: BufferLength, leaveOpen: true));

    /// <summary>Ends when the stream does.</summary>
    /// <exception cref="IOException">The stream broke, or something else than frames came.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            while (TryTake(ref rest))
            {
            }

            _pipe.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[FrameWriter.HeadLength];
        if (buffer.Length < head.Length)
        {
            return false;
        }

        buffer.Slice(0, head.Length).CopyTo(head);
        var length = BinaryPrimitives.ReadInt32BigEndian(head[5..]);
        if (length is < 0 or > LongestPayload || head[0] > (byte)FrameKind.Read)
        {
            throw new InvalidDataException("the relay in the container sends no frames");
        }

        if (buffer.Length < head.Length + length)
        {
            return false;
        }

        take((FrameKind)head[0], BinaryPrimitives.ReadUInt32BigEndian(head[1..]), buffer.Slice(head.Length, length));
        buffer = buffer.Slice(head.Length + length);
        return true;
    }
}
