using ComposePipCache.BuildKit.Connection;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>Awaits gRPC calls so that callers see cancellation or a typed error, never a bare RpcException.</summary>
internal static class GrpcCalls
{
    public static async Task<T> UnwrapAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (RpcException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw CallFailures.ToException(failure);
        }
    }

    /// <summary>The same for a call with a deadline of ours: when it passes, the engine is silent.</summary>
    /// <param name="call">A call with the options of <see cref="BuildKitConnection.ShortCall"/>.</param>
    /// <param name="name">What was asked, for the message.</param>
    /// <param name="deadline">How long the engine had.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public static async Task<T> AnswerAsync<T>(
        AsyncUnaryCall<T> call,
        string name,
        TimeSpan deadline,
        CancellationToken cancellationToken)
    {
        using (call)
        {
            try
            {
                return await UnwrapAsync(call.ResponseAsync, cancellationToken);
            }
            catch (BuildKitException silence) when (silence is { StatusCode: StatusCode.DeadlineExceeded } and not EngineSilentException)
            {
                throw new EngineSilentException(name, deadline, silence);
            }
        }
    }
}
