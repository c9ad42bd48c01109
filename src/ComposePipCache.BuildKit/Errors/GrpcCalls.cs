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
}
