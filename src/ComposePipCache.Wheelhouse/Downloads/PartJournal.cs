namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>What a half of a file is a half of.</summary>
internal sealed record PartJournal
{
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    public required string FileName { get; init; }

    /// <summary>Without credentials and query.</summary>
    public required string Url { get; init; }

    /// <summary>The server's name for this content; only a strong one.</summary>
    public string? ETag { get; init; }

    /// <summary>The whole file's length, when the server told.</summary>
    public long? Length { get; init; }
}
