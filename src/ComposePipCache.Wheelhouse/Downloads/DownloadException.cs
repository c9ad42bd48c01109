using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>A file could not be downloaded; what came of it is kept for the next attempt.</summary>
public sealed class DownloadException : WheelhouseException
{
    internal DownloadException(DownloadRequest request, DownloadFailure failure, DownloadProgress progress)
        : base(DownloadErrors.Failed(request, failure, progress), failure.Inner)
    {
        Kind = failure.Kind;
        Status = failure.Status;
        Progress = progress;
    }

    public DownloadFailureKind Kind { get; }

    /// <summary>The HTTP status, when the server answered with one that is a failure.</summary>
    public int? Status { get; }

    /// <summary>What is kept for the next attempt.</summary>
    public DownloadProgress Progress { get; }

    /// <summary>Whether the same download may succeed on another network or at another time.</summary>
    public bool IsNetworkFailure =>
        Kind is not (DownloadFailureKind.Refused or DownloadFailureKind.BadRedirect or DownloadFailureKind.Untrusted);
}
