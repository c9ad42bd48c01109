using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Something that a client did not get, and why: its own messages cannot tell.</summary>
/// <param name="Origin">The server, as scheme, host and port.</param>
/// <param name="Cause">Null when it was not the network's doing: a wrong digest, a full disk.</param>
/// <param name="Problem">What happened, in our words.</param>
public sealed record OriginFailure(string Origin, DownloadFailureKind? Cause, WheelhouseProblem Problem)
{
    /// <summary>The reason alone.</summary>
    public string Message => Problem.Why ?? Problem.What;
}
