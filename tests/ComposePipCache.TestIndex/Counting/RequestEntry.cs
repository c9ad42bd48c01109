namespace ComposePipCache.TestIndex;

/// <summary>One line of the request log.</summary>
public sealed record RequestEntry
{
    public required long Sequence { get; init; }

    public required long Connection { get; init; }

    public required RequestKind Kind { get; init; }

    public required string Method { get; init; }

    /// <summary>As the client sent it, query included.</summary>
    public required string Target { get; init; }

    /// <summary>The index the request went to: public, devpi, private, nohash.</summary>
    public string? Index { get; init; }

    public string? Project { get; init; }

    public string? FileName { get; init; }

    public string? Range { get; init; }

    public string? Accept { get; init; }

    public string? UserAgent { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>0 while there is none.</summary>
    public int Status { get; init; }

    /// <summary>Body bytes that really left, also of aborted answers.</summary>
    public long BodyBytes { get; init; }

    public Outcome Outcome { get; init; }
}
