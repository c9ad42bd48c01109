namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Why a file could not be downloaded.</summary>
public enum DownloadFailureKind
{
    /// <summary>No connection came about.</summary>
    Unreachable,

    /// <summary>The connection ended in the middle.</summary>
    Interrupted,

    /// <summary>Nothing came for too long.</summary>
    TimedOut,

    /// <summary>The server says that it cannot now (5xx).</summary>
    ServerError,

    /// <summary>The server asks for patience (429).</summary>
    RateLimited,

    /// <summary>The file is not the one an earlier part is of, so it has to start anew.</summary>
    Changed,

    /// <summary>A web page came in place of the file, as behind a portal that wants a login.</summary>
    WebPage,

    /// <summary>The server will not give it (401, 403, 404 and their like).</summary>
    Refused,

    /// <summary>The server's certificate is not trusted.</summary>
    Untrusted,

    /// <summary>The server sends elsewhere without end, or to where we do not go.</summary>
    BadRedirect,
}
