using System.Threading.Channels;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Standard input of a container's shell: commands and files in the order in which they were given.</summary>
/// <remarks>Whoever runs the process pulls, so a file goes from the disk into the message without a buffer between.</remarks>
internal sealed class ShellInput(TimeProvider time) : Stream
{
    /// <summary>How long an answer may take before it is found out whether anybody is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ShellCommand Nudge = new();

    private readonly Channel<ShellCommand> _commands = Channel.CreateBounded<ShellCommand>(1);
    private IEnumerator<ShellPayload>? _payloads;
    private Stream? _current;
    private long _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether somebody waits for an answer.</summary>
    /// <remarks>
    /// The daemon tells of a process's end only when its input is closed or cannot be written, so a shell that was
    /// killed is found out by an empty line now and then.
    /// </remarks>
    public bool IsAnswerAwaited { get; set; }

    /// <summary>Why a file could not be sent; the shell only sees that its input ends.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Hands a command over; it is dropped when the shell is known to be missing, which its output tells.</summary>
    public async ValueTask SendAsync(ShellCommand command, CancellationToken cancellationToken)
    {
        while (await _commands.Writer.WaitToWriteAsync(cancellationToken) && !_commands.Writer.TryWrite(command))
        {
            // another one was faster
        }
    }

    /// <summary>No more commands: the shell ends.</summary>
    public void Complete() => _commands.Writer.TryComplete();

    /// <summary>Fills the buffer as far as the command that is being sent has bytes; waits only for a command.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await FillAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        Complete();
        _payloads?.Dispose();
        if (_current is not null)
        {
            await _current.DisposeAsync();
            _current = null;
        }

        await base.DisposeAsync();
    }

    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (_current is null && !await TryAdvanceAsync(canWait: filled == 0, cancellationToken))
            {
                break;
            }

            filled += await ReadCurrentAsync(buffer[filled..], cancellationToken);
        }

        return filled;
    }

    private async ValueTask<bool> TryAdvanceAsync(bool canWait, CancellationToken cancellationToken)
    {
        while (_payloads is null || !_payloads.MoveNext())
        {
            _payloads?.Dispose();
            _payloads = null;
            if (!canWait || await NextAsync(cancellationToken) is not { } command)
            {
                return false;
            }

            _payloads = command.Payloads().GetEnumerator();
        }

        _left = _payloads.Current.Length;
        _current = _payloads.Current.Open();
        return true;
    }

    private async ValueTask<ShellCommand?> NextAsync(CancellationToken cancellationToken)
    {
        var waiting = _commands.Reader.WaitToReadAsync(cancellationToken).AsTask();
        while (!waiting.IsCompleted)
        {
            try
            {
                await waiting.WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException) when (!IsAnswerAwaited)
            {
                // nobody waits: neither do we
            }
            catch (TimeoutException)
            {
                return Nudge;
            }
        }

        return await waiting && _commands.Reader.TryRead(out var command) ? command : null;
    }

    private async ValueTask<int> ReadCurrentAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = wanted > 0 ? await _current!.ReadAsync(buffer[..wanted], cancellationToken) : 0;
        _left -= read;
        if (read == 0 && _left > 0)
        {
            throw new EndOfStreamException("a file became shorter while it was sent");
        }

        if (_left == 0)
        {
            await _current!.DisposeAsync();
            _current = null;
        }

        return read;
    }
}
