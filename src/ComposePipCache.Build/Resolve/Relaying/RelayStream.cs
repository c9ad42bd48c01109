using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>One connection through the relay: a stream whose two directions end on their own.</summary>
/// <remarks>
/// Disposing ends our direction and drops what still comes; <see cref="Abort"/> resets the connection. Neither side has
/// more than <see cref="Window"/> bytes on the way, so a slow reader holds up nobody but its own sender.
/// </remarks>
public sealed class RelayStream : Stream
{
    internal const int Window = 1 << 20;
    internal const int PieceLength = 1 << 16;

    private readonly Relay _relay;
    private readonly SendCredit _credit = new(Window);
    // Never holds more than the window, and the one who fills it must not wait.
    private readonly Pipe _incoming = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly TaskCompletionSource<int> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;
    private int _isClosed;
    private bool _hasEnded;
    private volatile Exception? _failure;
    private volatile bool _isDropped;
    private volatile bool _isOver;
    private int _openDirections;

    internal RelayStream(Relay relay, uint number, int directions)
    {
        _relay = relay;
        Number = number;
        _openDirections = directions;
        _hasEnded = directions == 1;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal uint Number { get; }

    /// <summary>Done when the channel is open, or when its command has ended, with the exit code.</summary>
    internal Task<int> Outcome => _outcome.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _incoming.Reader.ReadAsync(cancellationToken);
        var piece = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
        var count = (int)piece.Length;
        piece.CopyTo(buffer.Span);
        _incoming.Reader.AdvanceTo(piece.End);
        if (count == 0 && buffer.Length > 0 && _failure is { } failure)
        {
            // Not before: what came until then has been paid for.
            ExceptionDispatchInfo.Throw(failure);
        }

        _taken += count;
        if (_taken >= Window / 4 && !_isOver)
        {
            await GiveCreditAsync(cancellationToken);
        }

        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var count = await _credit.TakeAsync(Math.Min(buffer.Length, PieceLength), cancellationToken);
            await _relay.SendAsync(FrameKind.Data, Number, buffer[..count], cancellationToken);
            buffer = buffer[count..];
        }
    }

    /// <summary>Tells the other side that no more comes; what it sends can still be read.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!_hasEnded && !_isOver)
        {
            _hasEnded = true;
            await _relay.SendAsync(FrameKind.End, Number, default, cancellationToken);
            _credit.Fail(new IOException("this end has sent all it had"));
            CloseDirection();
        }
    }

    /// <summary>Resets the connection; a command is killed.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _relay.Reset(this);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _isDropped = true;
            try
            {
                await EndAsync(CancellationToken.None);
            }
            catch (RelayEndedException)
            {
                // With the relay all of its connections have ended.
            }
        }

        await base.DisposeAsync();
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Takes a frame of this channel; called by one reader, which must not wait.</summary>
    internal void Take(FrameKind kind, ReadOnlySequence<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Data when !_isDropped:
                Keep(payload);
                break;
            case FrameKind.Credit:
                _credit.Add(ReadNumber(payload));
                break;
            case FrameKind.Opened:
                _outcome.TrySetResult(0);
                break;
            case FrameKind.End:
                _incoming.Writer.Complete();
                CloseDirection();
                break;
            default:
                break;
        }
    }

    /// <summary>The other side has no more to say on this channel, in either direction.</summary>
    internal void Finish(int outcome)
    {
        _isOver = true;
        _incoming.Writer.Complete();
        _credit.Fail(new IOException("the connection is over"));
        _outcome.TrySetResult(outcome);
    }

    internal void Fail(Exception reason)
    {
        _isOver = true;
        _failure = reason;
        _incoming.Writer.Complete();
        _credit.Fail(reason);
        _outcome.TrySetException(reason);
        // Nobody may be waiting for it.
        _ = _outcome.Task.Exception;
    }

    internal static int ReadNumber(ReadOnlySequence<byte> payload)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        payload.Slice(0, number.Length).CopyTo(number);
        return BinaryPrimitives.ReadInt32BigEndian(number);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Abort();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySequence<byte> payload)
    {
        foreach (var part in payload)
        {
            _incoming.Writer.Write(part.Span);
        }

        // Completes at once: the pipe has no threshold.
        _ = _incoming.Writer.FlushAsync(CancellationToken.None).AsTask();
    }

    private void CloseDirection()
    {
        if (Interlocked.Decrement(ref _openDirections) == 0)
        {
            _isOver = true;
            _relay.Forget(this);
        }
    }

    private async Task GiveCreditAsync(CancellationToken cancellationToken)
    {
        var credit = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(credit, _taken);
        _taken = 0;
        await _relay.SendAsync(FrameKind.Credit, Number, credit, cancellationToken);
    }
}
