namespace ComposePipCache.Python.Logs;

/// <summary>Where pip found a file it used.</summary>
public enum FileSource
{
    Index,

    /// <summary>A folder or page of links.</summary>
    FindLinks,

    /// <summary>A URL in a requirement or on the command line.</summary>
    Direct,

    /// <summary>A path in a requirement or on the command line.</summary>
    Local,

    /// <summary>A wheel that pip built earlier and kept.</summary>
    WheelCache,
}
