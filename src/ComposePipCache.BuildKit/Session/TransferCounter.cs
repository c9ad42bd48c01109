namespace ComposePipCache.BuildKit.Session;

/// <summary>What went over the wire for one directory. Safe to read while a transfer runs.</summary>
public sealed class TransferCounter
{
    private long _entries;
    private long _files;
    private long _bytes;

    /// <summary>Entries described, directories included.</summary>
    public long Entries => Interlocked.Read(ref _entries);

    /// <summary>Files whose content was asked for.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Bytes of file content sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    internal void AddEntries(long count) => Interlocked.Add(ref _entries, count);

    internal void AddFile() => Interlocked.Increment(ref _files);

    internal void AddBytes(long count) => Interlocked.Add(ref _bytes, count);
}
