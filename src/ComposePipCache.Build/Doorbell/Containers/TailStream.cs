using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Keeps the end of what is written to it, for messages.</summary>
internal sealed class TailStream(Action written) : Stream
{
    private const int Capacity = 2048;

    private readonly Lock _lock = new();
    private byte[] _tail = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            _tail = [.. _tail.Concat(buffer.Skip(offset).Take(count)).TakeLast(Capacity)];
        }

        written();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override string ToString()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString(_tail).Trim();
        }
    }
}
