using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>Words what goes wrong with pages.</summary>
internal static class DocumentErrors
{
    public static WheelhouseProblem Failed(DocumentRequest request, DownloadFailure failure) => new(
        "index-page",
        $"cannot read {PublicUrl.Of(request.Url.AbsoluteUri) ?? PublicUrl.Unreadable}",
        failure.Reason,
        failure.Kind switch
        {
            DownloadFailureKind.Untrusted => "let this machine trust the server's certificate authority",
            _ => "check the network, then run the command again",
        });
}
