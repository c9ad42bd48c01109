namespace ComposePipCache.Build.Fallback;

/// <summary>Why a step failed, as far as the next move depends on it.</summary>
internal enum FailureKind
{
    /// <summary>The index or a file could not be had.</summary>
    Network,

    /// <summary>A package is not among those offered.</summary>
    NoSuchPackage,

    /// <summary>Anything else of the tool's own: a conflict, a compiler, a wrong hash.</summary>
    NotNetwork,

    /// <summary>The daemon lost the step's view between the bell and the start.</summary>
    ViewMissing,

    /// <summary>A file was damaged in one of our places, and is gone from it now.</summary>
    Mended,

    /// <summary>We could not make the step ready.</summary>
    NotServed,
}
