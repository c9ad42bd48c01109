namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>What came of resolving a step ahead of its run.</summary>
internal sealed record ResolveOutcome
{
    public required ResolveState State { get; init; }

    /// <summary>Why the index cannot be reached, in a few words: <c>timed out</c>, <c>connection refused</c>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Files of the step that are at hand now.</summary>
    public int KeptCount { get; init; }

    /// <summary>Files that came from an index.</summary>
    public int FetchedCount { get; init; }

    /// <summary>Their sizes.</summary>
    public long FetchedBytes { get; init; }

    /// <summary>A step of which nothing could be learned.</summary>
    public static ResolveOutcome Nothing { get; } = new() { State = ResolveState.NotResolved };
}
