namespace ComposePipCache.Build.Doorbell;

/// <summary>The index is still away: running the step would only take the time of its time-outs.</summary>
/// <param name="reason">A few words: <c>timed out</c>, <c>connection refused</c>.</param>
internal sealed class IndexUnreachableException(string reason) : Exception($"the index cannot be reached: {reason}")
{
    public string Reason { get; } = reason;
}
