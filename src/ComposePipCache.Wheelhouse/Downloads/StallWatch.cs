namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Cancels work that nothing has happened on for too long.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _linked;

    public StallWatch(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        _patience = patience;
        _stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
    }

    /// <summary>Also cancelled by whoever wants the work to end.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Something happened.</summary>
    public void Touch() => _stall.CancelAfter(_patience);

    public void Dispose()
    {
        _linked.Dispose();
        _stall.Dispose();
    }
}
