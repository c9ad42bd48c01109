namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What came of reading a file of the step's parent.</summary>
public enum ParentFileState
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>There is no regular file of that name.</summary>
    Missing,

    /// <summary>It has more than 4 MiB and was left alone.</summary>
    TooLarge,
}
