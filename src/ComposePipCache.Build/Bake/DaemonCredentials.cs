using ComposePipCache.BuildKit.Session;
using Grpc.Core;

namespace ComposePipCache.Build.Bake;

/// <summary>
/// Registry credentials whose failures are one line, for the daemon makes them a part of its own message.
/// </summary>
internal sealed class DaemonCredentials(ICredentialStore store) : ICredentialStore
{
    /// <inheritdoc/>
    public async ValueTask<RegistryCredential?> FindAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(host, cancellationToken);
        }
        catch (PipCacheException failure)
        {
            var text = string.Join(": ", ((string?[])[failure.Text.What, failure.Text.Why]).OfType<string>());
            throw new RpcException(new Status(StatusCode.Unknown, text));
        }
    }
}
