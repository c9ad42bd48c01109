using System.Security.Cryptography;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    private const int JitterSteps = 1000;

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <summary>Attempts after the first one; an attempt that brought the file forward does not count.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>A server that sends nothing for so long has died.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A server that asks for a longer pause than this is not waited for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>1, 4, 16 seconds, and so on, and up to a quarter more: what broke together shall not come back together.</summary>
    internal static TimeSpan Backoff(int retry)
    {
        var backoff = TimeSpan.FromSeconds(Math.Pow(4, retry - 1));
        var jitter = RandomNumberGenerator.GetInt32(JitterSteps) / (4.0 * JitterSteps);
        return (backoff < LongestBackoff ? backoff : LongestBackoff) * (1 + jitter);
    }
}
