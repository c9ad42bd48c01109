namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>What ended one attempt.</summary>
/// <remarks>The reason carries no URL; the status is there when the server answered.</remarks>
internal sealed record DownloadFailure(DownloadFailureKind Kind, string Reason, Exception? Inner = null)
{
    public int? Status { get; init; }

    /// <summary>How long the server wants to be left alone.</summary>
    public TimeSpan? Pause { get; init; }

    public bool IsWorthRetrying => Kind is
        DownloadFailureKind.Unreachable
        or DownloadFailureKind.Interrupted
        or DownloadFailureKind.TimedOut
        or DownloadFailureKind.ServerError
        or DownloadFailureKind.RateLimited
        or DownloadFailureKind.Changed;
}
