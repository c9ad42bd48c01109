namespace ComposePipCache.BuildKit.Session;

/// <summary>One directory offered to the daemon.</summary>
/// <param name="Path">Absolute path on this machine.</param>
/// <param name="Name">The local source name: <c>context</c>, <c>dockerfile</c>, or that of a named context.</param>
public sealed record LocalSource(string Name, string Path)
{
    /// <summary>Counts what the daemon asked for.</summary>
    public TransferCounter Transfers { get; } = new();
}
