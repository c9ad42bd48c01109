using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>A page, or the metadata of a wheel, did not come.</summary>
public sealed class DocumentException : WheelhouseException
{
    internal DocumentException(DocumentRequest request, DownloadFailure failure)
        : base(DocumentErrors.Failed(request, failure), failure.Inner) => Kind = failure.Kind;

    public DownloadFailureKind Kind { get; }
}
