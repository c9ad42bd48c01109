using ComposePipCache.Protocol.BuildSecrets;
using Google.Protobuf;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Hands build secrets to the daemon. They never enter the build graph.</summary>
internal sealed class SecretsService : Secrets.SecretsBase
{
    public override async Task<GetSecretResponse> GetSecret(GetSecretRequest request, ServerCallContext context)
    {
        if (SessionFeature.Of(context).Secrets is { } secrets
            && await StoreCall.AskAsync(
                $"secret {request.ID}", () => secrets.FindAsync(request.ID, context.CancellationToken)) is { } value)
        {
            return new GetSecretResponse { Data = ByteString.CopyFrom(value.Span) };
        }

        // NotFound is no failure by itself: an optional secret is left out.
        throw new RpcException(new Status(StatusCode.NotFound, $"secret {request.ID} not found"));
    }
}
