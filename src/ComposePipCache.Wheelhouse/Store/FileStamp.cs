namespace ComposePipCache.Wheelhouse.Store;

/// <summary>What a file system tells about a file; as long as all of it stays, so does the content.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ModifiedNanoseconds">Since 1970, as whoever wrote the file may have set it.</param>
/// <param name="ChangedNanoseconds">Since 1970, by the system's own clock; 0 where it is not told.</param>
/// <param name="Inode">0 where there is none.</param>
internal sealed record FileStamp(long Size, long ModifiedNanoseconds, long ChangedNanoseconds, ulong Inode)
{
    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const ushort KindMask = 0xF000;
    private const ushort RegularFile = 0x8000;

    /// <summary>Follows links; null for what is no regular file or cannot be examined.</summary>
    public static FileStamp? Of(string path) => OperatingSystem.IsLinux() ? OnLinux(path) : Elsewhere(path);

    /// <summary>
    /// Whether the file was changed so lately that another change could leave the stamp as it is: the clocks of file
    /// systems move in steps.
    /// </summary>
    public bool IsFresh(DateTimeOffset now) =>
        Math.Max(ModifiedNanoseconds, ChangedNanoseconds) > Nanoseconds(now.AddSeconds(-2));

    private static FileStamp? OnLinux(string path)
    {
        if (!UnixCalls.TryExamine(path, out var stat) || (stat.Mode & KindMask) != RegularFile)
        {
            return null;
        }

        return new FileStamp(
            checked((long)stat.Size),
            Nanoseconds(stat.ModifiedSeconds, stat.ModifiedNanoseconds),
            Nanoseconds(stat.ChangedSeconds, stat.ChangedNanoseconds),
            stat.Inode);
    }

    private static FileStamp? Elsewhere(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? new FileStamp(file.Length, Nanoseconds(new DateTimeOffset(file.LastWriteTimeUtc)), 0, 0)
            : null;
    }

    private static long Nanoseconds(DateTimeOffset time) =>
        unchecked((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick);

    // A date far off the ordinary wraps around; it need only be the same each time.
    private static long Nanoseconds(long seconds, uint nanoseconds) =>
        unchecked((seconds * NanosecondsPerSecond) + nanoseconds);
}
