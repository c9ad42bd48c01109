namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Why a folder of the user's, or a file in it, cannot be used.</summary>
public enum FolderProblemKind
{
    FolderMissing,
    FolderUnreadable,
    FileUnreadable,

    /// <summary>Cut off, or not what its ending says.</summary>
    Damaged,

    /// <summary>The name says another project or version than the content.</summary>
    Renamed,

    /// <summary>The name is no name of a wheel, so pip would pass it over.</summary>
    BadName,
}
