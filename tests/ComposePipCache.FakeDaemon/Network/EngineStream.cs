namespace ComposePipCache.FakeDaemon.Network;

/// <summary>One accepted connection. Faults act on its bytes, below HTTP/2.</summary>
public sealed class EngineStream(Stream inner) : Stream
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isFrozen;

    /// <summary>Done when the client has closed the connection, or this side has.</summary>
    public Task Ended => _ended.Task;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on nothing is read and nothing is written, as when the machine is gone.</summary>
    public void Freeze() => _isFrozen = true;

    /// <summary>Closes the socket without a word.</summary>
    public void Break() => Dispose();

    /// <summary>Puts a GOAWAY frame between the server's own frames. Only for a moment in which no call is being answered.</summary>
    /// <param name="lastStream">Calls on later streams count as not processed.</param>
    /// <param name="errorCode">HTTP/2's code; 0 is a graceful end.</param>
    public async Task SendGoAwayAsync(int lastStream, int errorCode)
    {
        byte[] frame =
        [
            0, 0, 8, 7, 0, 0, 0, 0, 0,
            (byte)(lastStream >> 24), (byte)((lastStream >> 16) & 0xff), (byte)((lastStream >> 8) & 0xff), (byte)(lastStream & 0xff),
            (byte)(errorCode >> 24), (byte)((errorCode >> 16) & 0xff), (byte)((errorCode >> 8) & 0xff), (byte)(errorCode & 0xff),
        ];
        await WriteAsync(frame, CancellationToken.None);
    }

    /// <summary>Reads and drops what comes until the client closes.</summary>
    public async Task DrainAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (await ReadAsync(buffer, CancellationToken.None) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed from this side.
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            while (_isFrozen && read > 0)
            {
                read = await inner.ReadAsync(buffer, cancellationToken);
            }

            // .NET's client waits for data with empty reads.
            if (read == 0 && buffer.Length > 0)
            {
                _ended.TrySetResult();
            }

            return read;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _ended.TrySetResult();
            throw new IOException("the connection is closed", e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isFrozen)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("the connection is closed", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
        _ended.TrySetResult();
        base.Dispose(disposing);
    }
}
