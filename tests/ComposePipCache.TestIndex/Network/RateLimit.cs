namespace ComposePipCache.TestIndex.Network;

/// <summary>A link of a fixed rate, shared by all that take from it in the order of their asking.</summary>
internal sealed class RateLimit(long bytesPerSecond, TimeProvider time)
{
    // Timers fire late; as much may be caught up, so that the rate holds on average.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _busyUntil;

    public long BytesPerSecond => bytesPerSecond;

    /// <summary>Pieces of about 50 ms, so that a slow link flows instead of jumping.</summary>
    public int PieceSize => (int)Math.Clamp(bytesPerSecond / 20, 256, 16 * 1024);

    /// <summary>Reserves the link for some bytes and tells when the last of them is through.</summary>
    public TimeSpan Take(long bytes)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_origin);
            var start = _busyUntil > now - Slack ? _busyUntil : now - Slack;
            _busyUntil = (start < TimeSpan.Zero ? TimeSpan.Zero : start)
                + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            return _busyUntil > now ? _busyUntil - now : TimeSpan.Zero;
        }
    }
}
