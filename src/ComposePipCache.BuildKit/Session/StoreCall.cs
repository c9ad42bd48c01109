using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>
/// Asks a store that the session was given. What it throws becomes the daemon's error, and so the build's.
/// </summary>
internal static class StoreCall
{
    /// <summary>Awaits the answer.</summary>
    /// <param name="subject">What is asked for, in the user's words.</param>
    /// <param name="askAsync">The question.</param>
    public static async Task<T> AskAsync<T>(string subject, Func<ValueTask<T>> askAsync)
    {
        try
        {
            return await askAsync();
        }
        catch (Exception e) when (e is not (OperationCanceledException or RpcException))
        {
            throw new RpcException(new Status(StatusCode.Unknown, $"{subject}: {e.Message}"));
        }
    }
}
