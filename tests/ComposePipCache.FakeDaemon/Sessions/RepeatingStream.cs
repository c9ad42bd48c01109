using System.Buffers;
using System.Buffers.Binary;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>Carries .NET's HTTP/2 client and turns numbered header names into repeated header fields.</summary>
internal sealed class RepeatingStream(Stream inner) : Stream
{
    private const int FrameHead = 9;
    private const int LargestPayload = 16 * 1024;
    private const byte Headers = 1;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;

    private static readonly int PrefaceLength = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length;

    private readonly List<byte> _pending = [];
    private readonly List<byte> _block = [];
    private byte[]? _head;
    private bool _isPrefaceSent;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _pending.AddRange(buffer.Span);
        var output = new ArrayBufferWriter<byte>();
        while (TakeFrame(output))
        {
        }

        if (output.WrittenCount > 0)
        {
            await inner.WriteAsync(output.WrittenMemory, cancellationToken);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private bool TakeFrame(ArrayBufferWriter<byte> output)
    {
        if (!_isPrefaceSent)
        {
            return _pending.Count >= PrefaceLength && TakePreface(output);
        }

        if (_pending.Count < FrameHead)
        {
            return false;
        }

        var length = (_pending[0] << 16) | (_pending[1] << 8) | _pending[2];
        if (_pending.Count < FrameHead + length)
        {
            return false;
        }

        var frame = _pending.GetRange(0, FrameHead + length).ToArray();
        _pending.RemoveRange(0, frame.Length);
        Forward(output, frame);
        return true;
    }

    private bool TakePreface(ArrayBufferWriter<byte> output)
    {
        output.Write(_pending.GetRange(0, PrefaceLength).ToArray());
        _pending.RemoveRange(0, PrefaceLength);
        _isPrefaceSent = true;
        return true;
    }

    private void Forward(ArrayBufferWriter<byte> output, byte[] frame)
    {
        if (frame[3] is not (Headers or Continuation))
        {
            output.Write(frame);
            return;
        }

        _head ??= frame[..FrameHead];
        _block.AddRange(frame.AsSpan(FrameHead));
        if ((frame[4] & EndHeaders) != 0)
        {
            WriteBlock(output, _head, HeaderBlock.Rewrite([.. _block]));
            _head = null;
            _block.Clear();
        }
    }

    /// <summary>One HEADERS frame and as many CONTINUATION frames as it takes.</summary>
    private static void WriteBlock(ArrayBufferWriter<byte> output, byte[] head, byte[] block)
    {
        Span<byte> frame = stackalloc byte[FrameHead];
        for (var offset = 0; offset == 0 || offset < block.Length; offset += LargestPayload)
        {
            var length = Math.Min(LargestPayload, block.Length - offset);
            var isLast = offset + length == block.Length;
            head.CopyTo(frame);
            BinaryPrimitives.WriteInt32BigEndian(frame, length << 8);
            frame[3] = offset == 0 ? Headers : Continuation;
            frame[4] = (byte)((offset == 0 ? head[4] & ~EndHeaders : 0) | (isLast ? EndHeaders : 0));
            output.Write(frame);
            output.Write(block.AsSpan(offset, length));
        }
    }
}
