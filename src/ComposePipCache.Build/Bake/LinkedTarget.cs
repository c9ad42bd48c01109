using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Bake;

/// <summary>Where a target that serves as a context meets those that use it.</summary>
internal sealed class LinkedTarget
{
    private readonly TaskCompletionSource<Result> _solved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _evaluated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The target's graph and image configuration, known before anything has run.</summary>
    public Task<Result> Solved => _solved.Task;

    /// <summary>Done when the target's steps have run.</summary>
    public Task Evaluated => _evaluated.Task;

    public void SetSolved(Result result) => _solved.TrySetResult(result);

    public void SetEvaluated() => _evaluated.TrySetResult();

    /// <summary>The target failed: those that wait for it get a <see cref="LinkedTargetFailedException"/>.</summary>
    public void SetFailed()
    {
        _solved.TrySetException(new LinkedTargetFailedException());
        _evaluated.TrySetException(new LinkedTargetFailedException());
    }
}
