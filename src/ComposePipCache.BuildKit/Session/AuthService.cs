using ComposePipCache.Protocol.RegistryAuth;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Hands registry credentials to the daemon.</summary>
/// <remarks>
/// Token calls are answered Unavailable: the daemon then asks for credentials and fetches tokens itself
/// (buildkit session/auth/auth.go), which needs no key derivation here.
/// </remarks>
internal sealed class AuthService : Auth.AuthBase
{
    public override async Task<CredentialsResponse> Credentials(CredentialsRequest request, ServerCallContext context)
    {
        var credential = SessionFeature.Of(context).Credentials is { } store
            ? await StoreCall.AskAsync(
                $"credentials for {request.Host}", () => store.FindAsync(request.Host, context.CancellationToken))
            : null;
        return credential is null
            ? new CredentialsResponse()
            : new CredentialsResponse { Username = credential.UserName, Secret = credential.Secret };
    }

    public override Task<GetTokenAuthorityResponse> GetTokenAuthority(
        GetTokenAuthorityRequest request,
        ServerCallContext context) => throw TokensAreTheDaemonsBusiness();

    public override Task<VerifyTokenAuthorityResponse> VerifyTokenAuthority(
        VerifyTokenAuthorityRequest request,
        ServerCallContext context) => throw TokensAreTheDaemonsBusiness();

    public override Task<FetchTokenResponse> FetchToken(FetchTokenRequest request, ServerCallContext context) =>
        throw TokensAreTheDaemonsBusiness();

    private static RpcException TokensAreTheDaemonsBusiness() =>
        new(new Status(StatusCode.Unavailable, "this client offers credentials, not tokens"));
}
