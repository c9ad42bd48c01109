namespace ComposePipCache.Python.Failures;

/// <summary>What went wrong between an installer and an index, from the nearest to the farthest.</summary>
public enum NetworkCause
{
    /// <summary>The network failed, the text does not tell how.</summary>
    Unspecified,
    NameNotResolved,
    Unreachable,
    Refused,
    TimedOut,

    /// <summary>Reset, or closed before an answer came.</summary>
    Reset,

    /// <summary>A certificate that is not trusted, or no TLS at all; sign-in pages of hotels end here.</summary>
    Tls,
    Proxy,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>429.</summary>
    RateLimited,

    /// <summary>A file or page ended early, and the installer said so.</summary>
    CutShort,

    /// <summary>A file is not what its own index announces: cut short unnoticed, or damaged on the way.</summary>
    Damaged,

    /// <summary>As <see cref="Damaged"/>, from pip's cache: it stays so until that entry is removed.</summary>
    DamagedInCache,

    /// <summary>The index answered with a web page that lists no file at all.</summary>
    NotAnIndexPage,
}
