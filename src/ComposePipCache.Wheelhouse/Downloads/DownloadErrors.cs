using System.Globalization;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Words every failure of a download.</summary>
internal static class DownloadErrors
{
    private const double Mebibyte = 1_048_576;
    private const string Again = "run the command again";

    public static WheelhouseProblem Failed(
        DownloadRequest request, DownloadFailure failure, DownloadProgress progress) => new(
            "download-failed",
            $"cannot download {request.FileName} from {PublicUrl.Of(request.Url.AbsoluteUri) ?? PublicUrl.Unreadable}",
            failure.Reason,
            HintFor(failure, progress));

    public static WheelhouseProblem BadAddress(DownloadRequest request) => new(
        "download-address",
        $"cannot download {request.FileName}",
        "its address is neither http nor https");

    private static string HintFor(DownloadFailure failure, DownloadProgress progress) => failure switch
    {
        { Status: 401 or 403 or 407 } => "check the credentials of the index",
        { Kind: DownloadFailureKind.Refused } => "the index names a file that it does not have; ask whoever runs it",
        { Kind: DownloadFailureKind.BadRedirect } => "ask whoever runs the index",
        { Kind: DownloadFailureKind.Untrusted } => "let this machine trust the server's certificate authority",
        { Kind: DownloadFailureKind.WebPage } => $"log in to the network with a browser, then {Again}",
        _ when progress.Kept > 0 => $"{Kept(progress)} are kept; {Again} to go on",
        _ => $"check the network, then {Again}",
    };

    private static string Kept(DownloadProgress progress) => progress.Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{progress.Kept / Mebibyte:0.0} of {total / Mebibyte:0.0} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{progress.Kept / Mebibyte:0.0} MiB");
}
