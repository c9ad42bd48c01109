namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Bytes on their way to a container: exactly so many, from a stream opened when their turn comes.</summary>
internal sealed record ShellPayload(Func<Stream> Open, long Length)
{
    public static ShellPayload Of(ReadOnlyMemory<byte> bytes) => new(() => new MemoryStream(bytes.ToArray()), bytes.Length);
}
