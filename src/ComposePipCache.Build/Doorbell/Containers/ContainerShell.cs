using System.IO.Pipelines;
using System.Security.Cryptography;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Drives the one shell of a container: a command at a time, its records as they come.</summary>
internal sealed class ContainerShell : IAsyncDisposable
{
    private const int TokenLength = 16;
    private const int OutputBuffer = 1024 * 1024;

    private static readonly string[] Refusals =
        ["no such file or directory", "not found", "permission denied", "exec format error"];

    private readonly ShellInput _input;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: OutputBuffer, useSynchronizationContext: false));
    private readonly TailStream _errors;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
    private readonly ShellOutput _output;
    private readonly Task<int> _process;
    private long _count;
    private bool _isOutOfStep;
    private bool _hasSpoken;

    public ContainerShell(ShellProcess process, ShellPlaces places, TimeProvider? time = null)
    {
        _input = new ShellInput(time ?? TimeProvider.System);
        _errors = new TailStream(CloseInputWithoutShell);
        Places = places;
        _output = new ShellOutput(_pipe.Reader);
        _process = RunAsync(process, places.Arguments(_token));
    }

    public ShellPlaces Places { get; }

    /// <summary>Sends a command and hands each record of the reply over; what is not read of it is passed over.</summary>
    /// <exception cref="SeedException">The shell ended or does not exist.</exception>
    public async Task AskAsync(ShellCommand command, Func<ShellRecord, Task> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isOutOfStep)
            {
                throw SeedErrors.Stopped("an earlier command was not finished");
            }

            _isOutOfStep = true;
            _input.IsAnswerAwaited = true;
            await _input.SendAsync(command, cancellationToken);
            await ReadReplyAsync(read, cancellationToken);
            _isOutOfStep = false;
        }
        finally
        {
            _input.IsAnswerAwaited = false;
            _turn.Release();
        }
    }

    /// <summary>Ends the process, whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        _input.Complete();
        await _lifetime.CancelAsync();
        await _output.CloseAsync();
        await ((Task)_process).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _input.DisposeAsync();
        _lifetime.Dispose();
        _turn.Dispose();
    }

    private async Task<int> RunAsync(ShellProcess process, IReadOnlyList<string> arguments)
    {
        try
        {
            return await process(arguments, _input, _pipe.Writer.AsStream(leaveOpen: true), _errors, _lifetime.Token);
        }
        finally
        {
            await _pipe.Writer.CompleteAsync();
        }
    }

    private async Task ReadReplyAsync(Func<ShellRecord, Task> read, CancellationToken cancellationToken)
    {
        _count++;
        var record = await ReadRecordAsync(cancellationToken);
        while (record.Name != _token)
        {
            try
            {
                await read(record);
                await record.SkipAsync(cancellationToken);
            }
            catch (EndOfStreamException)
            {
                throw await ExplainEndAsync();
            }

            record = await ReadRecordAsync(cancellationToken);
        }

        if (record.Length != _count)
        {
            throw SeedErrors.Stopped("the replies are out of step");
        }
    }

    private async Task<ShellRecord> ReadRecordAsync(CancellationToken cancellationToken)
    {
        try
        {
            var record = ShellRecord.Parse(await _output.ReadLineAsync(cancellationToken), _output);
            _hasSpoken = true;
            return record.Name != "stopped"
                ? record
                : throw _input.Failure ?? SeedErrors.Stopped(await record.ReadTextAsync(cancellationToken));
        }
        catch (EndOfStreamException)
        {
            throw await ExplainEndAsync();
        }
        catch (InvalidDataException e)
        {
            throw SeedErrors.Stopped(e.Message);
        }
    }

    /// <summary>Throws what ended the process, where that is known.</summary>
    private async Task<SeedException> ExplainEndAsync()
    {
        await _lifetime.CancelAsync();
        await _output.CloseAsync();
        try
        {
            var code = await _process;
            return IsShellMissing() ? SeedErrors.NoShell() : SeedErrors.Stopped(_errors.ToString() is { Length: > 0 } said ? said : string.Create(null, $"exit code {code}"));
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            return SeedErrors.Stopped(_errors.ToString());
        }
    }

    /// <summary>Without a process the daemon keeps the call open as long as there could be input.</summary>
    private void CloseInputWithoutShell()
    {
        if (IsShellMissing())
        {
            _input.Complete();
        }
    }

    /// <summary>The container's runtime says so on the error stream; runc and crun have words of their own.</summary>
    private bool IsShellMissing() =>
        !_hasSpoken
        && _errors.ToString() is var said
        && said.Contains("/bin/sh", StringComparison.Ordinal)
        && Refusals.Any(refusal => said.Contains(refusal, StringComparison.OrdinalIgnoreCase));
}
