namespace ComposePipCache.Wheelhouse.Store;

/// <summary>What a check of a stored file found.</summary>
public enum StoredFileState
{
    Intact,
    Missing,

    /// <summary>The content is no longer what was stored: a failing disk, or somebody wrote into it.</summary>
    Damaged,
}
