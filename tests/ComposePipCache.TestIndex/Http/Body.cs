namespace ComposePipCache.TestIndex.Http;

/// <summary>Bytes of a known length that can be read from any position.</summary>
internal abstract record Body(long Length)
{
    public static Body Empty { get; } = new MemoryBody([]);

    public abstract Stream Open();
}

internal sealed record MemoryBody(byte[] Bytes) : Body(Bytes.Length)
{
    public override Stream Open() => new MemoryStream(Bytes, writable: false);
}

internal sealed record FileBody(string Path, long Size) : Body(Size)
{
    public override Stream Open() => new FileStream(
        Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous);
}
