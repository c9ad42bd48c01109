using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Harvest;
using ComposePipCache.Build.Doorbell;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Index;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build;

/// <summary>What serves the pip steps of all targets of one command.</summary>
internal sealed record PipServices : IDisposable
{
    private IndexDocuments? _documents;

    public required PipSettings Settings { get; init; }

    public required WheelhouseStore Store { get; init; }

    public required LockStore Locks { get; init; }

    public required LayerRecords Layers { get; init; }

    public required OwnFolders Own { get; init; }

    /// <summary>Fetches what a step downloaded and left nowhere.</summary>
    public required FileFetcher Fetcher { get; init; }

    /// <summary>Index pages and metadata, each asked for once in a command.</summary>
    public IndexDocuments Documents => _documents ??= new IndexDocuments(Store, Downloads, Clock);

    /// <summary>How patient downloads are: the network may have something to fall back on.</summary>
    public DownloadOptions Downloads { get; init; } = new() { Retries = 1 };

    /// <summary>The part of the wheelhouse that steps may see.</summary>
    public string Scope => Own.Scope;

    public required Announcer Announcer { get; init; }

    public required StepGate Gate { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The names of targets in locks.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a step's layer in the build cache is not to be taken.</summary>
    /// <remarks>Without an index a suspect layer cannot get better.</remarks>
    public bool MustRunAgain(string view) =>
        Settings.IsRefresh
        || (Settings.IsOffline != true && Layers.Find(view).Record?.Mode == LayerMode.Suspect);

    /// <inheritdoc/>
    public void Dispose()
    {
        Own.Dispose();
        Fetcher.Dispose();
        Announcer.Dispose();
        Store.Dispose();
    }
}
