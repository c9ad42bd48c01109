namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>What is known about the files of one folder; a cache, safe to delete.</summary>
internal sealed record FolderFacts
{
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    public required string Folder { get; init; }

    public required IReadOnlyList<FileFacts> Files { get; init; }
}
