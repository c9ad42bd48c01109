namespace ComposePipCache.Build.Doorbell;

/// <summary>The index is away: running the step would only take the time of its time-outs.</summary>
/// <param name="reason">A few words: <c>timed out</c>, <c>connection refused</c>.</param>
internal sealed class IndexUnreachableException(string reason) : Exception($"the index cannot be reached: {reason}")
{
    public string Reason { get; } = reason;

    /// <summary>What the step could be run from without the index; null where nobody looked.</summary>
    public PreparedStep? Prepared { get; init; }

    /// <summary>Files of the step that are on the disk.</summary>
    public int KeptCount { get; init; }

    /// <summary>Files the step is known to need; zero where that was not found out.</summary>
    public int NeededCount { get; init; }
}
