namespace ComposePipCache.Python.Failures;

/// <summary>Why a step failed that no other network would have helped.</summary>
public enum OtherCause
{
    NoSuchVersion,
    Conflict,

    /// <summary>The file is not the one whose hash the requirements name.</summary>
    HashMismatch,
    HashesRequired,
    PythonVersion,
    UnsupportedWheel,
    BuildFailed,
    InvalidRequirement,
    MissingFile,
    Usage,
    ExternallyManaged,

    /// <summary>401 or 403.</summary>
    AccessDenied,

    /// <summary>404 or 410 for a file that an index or requirement names.</summary>
    FileGone,
    InvalidWheel,

    /// <summary>A plain http index that pip was not told to trust.</summary>
    UntrustedHost,
    DiskFull,

    /// <summary>Ended by a signal: out of memory, mostly.</summary>
    Killed,

    /// <summary>The installer was told to stay offline and lacks something.</summary>
    MissingOffline,
}
