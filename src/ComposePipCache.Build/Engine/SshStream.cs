using System.Diagnostics;

namespace ComposePipCache.Build.Engine;

/// <summary>Standard input and output of an ssh process as one stream; disposing it ends the process.</summary>
internal sealed class SshStream : DuplexStream
{
    private readonly Process _process;
    private readonly EngineEndpoint _endpoint;
    private readonly ErrorTextKeeper _errorText;
    private int _isDisposed;

    public SshStream(Process process, EngineEndpoint endpoint)
    {
        _process = process;
        _endpoint = endpoint;
        _errorText = new ErrorTextKeeper(process.StandardError);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);
        if (count == 0 && buffer.Length > 0)
        {
            await ThrowIfFailedAsync(cancellationToken);
        }

        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(buffer, cancellationToken);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // A closed pipe means that ssh is gone, and ssh has said why.
            await ThrowIfFailedAsync(cancellationToken);
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            ChildProcess.Kill(_process);
            await _errorText.DisposeAsync();
            _process.Dispose();
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            ChildProcess.Kill(_process);
            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    // ssh closes its output a moment before it ends.
    private async Task ThrowIfFailedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            var text = DialErrors.SshExited(_endpoint, _process.ExitCode, await _errorText.ReadAsync());
            var unreachable = new EngineUnreachableException(text);
            throw new IOException(unreachable.Message, unreachable);
        }
    }
}
