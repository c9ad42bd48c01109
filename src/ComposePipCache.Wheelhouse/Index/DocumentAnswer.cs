namespace ComposePipCache.Wheelhouse.Index;

/// <summary>What a server says to a request for a document.</summary>
/// <param name="Status">Of HTTP; a kept document has 200.</param>
/// <param name="ContentType">As in the header.</param>
/// <param name="Body">Decompressed.</param>
public sealed record DocumentAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>How a server that refuses wants to be asked.</summary>
    public string? Challenge { get; init; }

    internal string? ETag { get; init; }

    internal string? LastModified { get; init; }
}
