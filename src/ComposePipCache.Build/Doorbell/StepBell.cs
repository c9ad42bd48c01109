using ComposePipCache.Build.Passes;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Rings once when a step is about to run, and holds the daemon back until the step is served.</summary>
internal sealed class StepBell(PipStep step, Func<PipStep, Task<PreparedStep>> prepareAsync)
{
    private readonly TaskCompletionSource<PreparedStep> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rings;

    public PipStep Step { get; } = step;

    /// <summary>Whether the step was about to run: a cached one never rings.</summary>
    public bool HasRung => Volatile.Read(ref _rings) > 0;

    /// <summary>What was made ready; null when it never rang, is not ready, or could not be made ready.</summary>
    public PreparedStep? Prepared { get; private set; }

    /// <summary>Why it could not be made ready.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Makes the step ready, the first time; later callers wait for the same.</summary>
    public async Task<PreparedStep> RingAsync()
    {
        if (Interlocked.Increment(ref _rings) == 1)
        {
            await PrepareAsync();
        }

        return await _done.Task;
    }

    private async Task PrepareAsync()
    {
        try
        {
            Prepared = await prepareAsync(Step);
            _done.SetResult(Prepared);
        }
        catch (Exception e) when (Keep(e))
        {
            _done.SetException(e);
        }
    }

    /// <summary>Whoever rang gets it, and whoever judges the failed step.</summary>
    private bool Keep(Exception failure)
    {
        Failure = failure;
        return true;
    }
}
