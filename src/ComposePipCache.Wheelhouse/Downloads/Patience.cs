namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Counts the attempts that brought nothing, and says how long to wait for the next.</summary>
internal sealed class Patience(DownloadOptions options, long kept)
{
    // Less than this is no progress: a line that dies after each packet would be asked for ever.
    private const long Progress = 64 * 1024;

    private long _best = kept;
    private int _retries;

    /// <summary>Null when it is time to give up.</summary>
    public TimeSpan? Next(DownloadFailure failure, long length)
    {
        if (length >= _best + Progress)
        {
            _best = length;
            _retries = 0;
        }

        _retries++;
        var backoff = DownloadOptions.Backoff(_retries);
        var pause = failure.Pause is { } asked && asked > backoff ? asked : backoff;
        return failure.IsWorthRetrying && _retries <= options.Retries && pause <= options.LongestPause ? pause : null;
    }
}
