namespace ComposePipCache.Build.Fetch;

/// <summary>How much a build gets for the time without a network.</summary>
public enum FetchMode
{
    /// <summary>An ordinary build: images stay where BuildKit puts them.</summary>
    None,

    /// <summary>Images go to the engine's store, then the build runs as it always does.</summary>
    Everything,

    /// <summary>Images and the files of pip steps; of the build only what these steps stand on.</summary>
    WithoutBuilding,

    /// <summary>Looks what is there, and gets nothing.</summary>
    Look,
}
