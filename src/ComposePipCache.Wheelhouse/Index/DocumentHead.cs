namespace ComposePipCache.Wheelhouse.Index;

/// <summary>The first line of a kept document; its body follows.</summary>
internal sealed record DocumentHead
{
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>For people who look; without credentials and query.</summary>
    public string? Url { get; init; }

    public string? ContentType { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>Of the body, so that a damaged one counts as absent.</summary>
    public required string Sha256 { get; init; }
}
