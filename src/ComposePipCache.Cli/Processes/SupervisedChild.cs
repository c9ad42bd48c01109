using System.Diagnostics;
using ComposePipCache.Cli.Output;

namespace ComposePipCache.Cli.Processes;

/// <summary>A child together with the thread it was started from.</summary>
/// <remarks>
/// The kernel ends such a child with the thread that started it, not with the process. A pool thread may go at any
/// time, so the child has a thread of its own that does nothing but wait for it.
/// </remarks>
internal sealed class SupervisedChild
{
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Process> _start;
    private readonly ReadOnlyMemory<byte>? _standardInput;

    public SupervisedChild(Func<Process> start, ReadOnlyMemory<byte>? standardInput)
    {
        (_start, _standardInput) = (start, standardInput);
        new Thread(Run) { IsBackground = true, Name = "supervised child" }.Start();
    }

    /// <summary>The process id, or why there is none.</summary>
    public Task<int> Started => _started.Task;

    /// <summary>The exit code; 128 and the signal's number when a signal ended it.</summary>
    public Task<int> Exited => _exited.Task;

    private void Run()
    {
        try
        {
            using var process = _start();
            _started.SetResult(process.Id);
            Feed(process);
            PassOutputOn(process);
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
#pragma warning disable CA1031 // nothing is swallowed: whoever awaits the child gets it
        catch (Exception error)
#pragma warning restore CA1031
        {
            _started.TrySetException(error);
            _exited.TrySetException(error);
        }
    }

    private static void PassOutputOn(Process process)
    {
        if (process.StartInfo.RedirectStandardOutput)
        {
            using var error = StandardStreams.Error;
            process.StandardOutput.BaseStream.CopyTo(error);
        }
    }

    private void Feed(Process process)
    {
        if (_standardInput is not { } input)
        {
            return;
        }

        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(input.Span);
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code says the rest.
        }
    }
}
