namespace ComposePipCache.Wheelhouse.Store;

/// <summary>A place that may hold package files: the wheelhouse, or a folder of the user's.</summary>
public interface IFileSource
{
    /// <summary>A file with this content; its own name may differ from the one that is asked for.</summary>
    Task<StoredFile?> FindAsync(WantedFile file, CancellationToken cancellationToken);
}
