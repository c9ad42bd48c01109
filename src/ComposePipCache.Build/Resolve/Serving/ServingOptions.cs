using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Index;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>What an index's pages and files are served from.</summary>
public sealed record ServingOptions
{
    public required WheelhouseStore Store { get; init; }

    /// <summary>One for the whole command, so that no page is asked for twice.</summary>
    public required IndexDocuments Documents { get; init; }

    public required TimeProvider Time { get; init; }

    public DownloadOptions Downloads { get; init; } = new();

    public IReadAhead? ReadAhead { get; init; }

    /// <summary>Told how far each file has come.</summary>
    public Func<string, IProgress<DownloadProgress>?>? ProgressOf { get; init; }

    /// <summary>How many pages and files are asked for ahead at once; pip itself waits for no turn.</summary>
    public int MostAhead { get; init; } = 8;
}
