using System.Runtime.InteropServices;
using ComposePipCache.Build;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Plugin;

/// <summary>How long the builder may go on: until a signal, until docker says so, or until compose is gone.</summary>
internal sealed class BuilderLifetime : IDisposable
{
    /// <summary>How long an interrupted build may take to clean up; nobody waits for it any more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeProvider _time;

    public BuilderLifetime(TimeProvider time)
    {
        _time = time;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        ParentWatch.Start(_ended.Cancel);
    }

    public CancellationToken Token => _ended.Token;

    /// <summary>Waits for the work, but not for ever once it was told to end.</summary>
    public async Task<int> RunAsync(EnvironmentSnapshot environment, Func<CancellationToken, Task<int>> work)
    {
        using var finished = new CancellationTokenSource();
        var socket = EndWithSocketAsync(environment, finished.Token);
        try
        {
            return await RunAsync(work(Token));
        }
        finally
        {
            await finished.CancelAsync();
            await socket;
        }
    }

    private async Task<int> RunAsync(Task<int> running)
    {
        try
        {
            return await running.WaitAsync(Token);
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            return await FinishAsync(running);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
    }

    private async Task<int> FinishAsync(Task<int> running)
    {
        try
        {
            // What it found out before it heard of the end, an error included, is worth more than our own word.
            return await running.WaitAsync(Grace, _time, CancellationToken.None);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException)
        {
            return ExitCode.Interrupted;
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _ended.Cancel();
    }

    private async Task EndWithSocketAsync(EnvironmentSnapshot environment, CancellationToken finished)
    {
        try
        {
            await CliPluginSocket.WaitForCloseAsync(environment, finished);
            await _ended.CancelAsync();
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested)
        {
            // The build is over.
        }
    }
}
