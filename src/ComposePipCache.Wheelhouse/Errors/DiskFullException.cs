namespace ComposePipCache.Wheelhouse.Errors;

/// <summary>The wheelhouse's disk, or the user's share of it, has no room for a file.</summary>
public sealed class DiskFullException(string path, long needed, long? free, Exception inner)
    : WheelhouseException(WheelhouseErrors.DiskFull(path, needed, free), inner)
{
    public string Path { get; } = path;

    /// <summary>Bytes the file takes, as far as they were known when the disk was full.</summary>
    public long Needed { get; } = needed;

    /// <summary>Bytes that were free after the attempt was cleaned up; null where nobody can tell.</summary>
    public long? Free { get; } = free;
}
