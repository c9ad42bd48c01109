using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.BuildKit.Progress;

/// <summary>Follows one build's vertices, transfers, logs and warnings.</summary>
public static class BuildProgress
{
    /// <summary>
    /// Hands every report of the daemon to <paramref name="report"/> until the build's record is closed.
    /// </summary>
    /// <exception cref="BuildKitException">The stream broke.</exception>
    public static async Task FollowAsync(
        BuildKitConnection connection,
        string buildRef,
        Func<StatusResponse, Task> report,
        CancellationToken cancellationToken)
    {
        using var call = connection.Control.Status(
            new StatusRequest { Ref = buildRef }, cancellationToken: cancellationToken);
        while (await GrpcCalls.UnwrapAsync(call.ResponseStream.MoveNext(cancellationToken), cancellationToken))
        {
            await report(call.ResponseStream.Current);
        }
    }
}
