namespace ComposePipCache.BuildKit.Session;

/// <summary>Where registry credentials come from.</summary>
public interface ICredentialStore
{
    /// <summary>
    /// Credentials for a registry host such as <c>registry-1.docker.io</c>, or null for anonymous access.
    /// </summary>
    ValueTask<RegistryCredential?> FindAsync(string host, CancellationToken cancellationToken);
}
