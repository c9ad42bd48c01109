namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>What happens to a path of a tree.</summary>
internal enum FilterVerdict
{
    /// <summary>It is sent, and the folders above it as well.</summary>
    Send,

    /// <summary>It is not wanted, but something below it may be.</summary>
    Hide,

    /// <summary>Neither it nor anything below it is wanted.</summary>
    Skip,
}
