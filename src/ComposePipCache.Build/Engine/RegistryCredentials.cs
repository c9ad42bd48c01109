using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Engine;

/// <summary>Finds registry credentials where docker keeps them: DOCKER_AUTH_CONFIG, helpers, config.json.</summary>
/// <remarks>Each host is looked up once; helpers run one after the other, as keychains expect.</remarks>
public sealed class RegistryCredentials : ICredentialStore, IDisposable
{
    private const string HubKey = "https://index.docker.io/v1/";

    private readonly DockerConfigFile _configFile;
    private readonly EnvironmentSnapshot _environment;
    private readonly Dictionary<string, RegistryCredential?> _found = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyDictionary<string, RegistryAuth>? _fromEnvironment;

    public RegistryCredentials(DockerConfigFile configFile, EnvironmentSnapshot environment)
    {
        _configFile = configFile;
        _environment = environment;
    }

    /// <inheritdoc/>
    /// <exception cref="PipCacheException">A helper or an entry for this host is broken.</exception>
    public async ValueTask<RegistryCredential?> FindAsync(string host, CancellationToken cancellationToken)
    {
        var key = KeyOf(host);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_found.TryGetValue(key, out var credential))
            {
                credential = await LookUpAsync(key, cancellationToken);
                _found[key] = credential;
            }

            return credential;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Docker Hub's logins are kept under the address of the index it had in 2013.
    internal static string KeyOf(string host) =>
        host is "docker.io" or "index.docker.io" or "registry-1.docker.io" ? HubKey : host;

    private async Task<RegistryCredential?> LookUpAsync(string key, CancellationToken cancellationToken)
    {
        _fromEnvironment ??= AuthVariable.Read(_environment);
        if (_fromEnvironment.TryGetValue(key, out var auth))
        {
            return AuthEntry.Decode(key, auth);
        }

        if (HelperFor(key) is { } helper)
        {
            return await new CredentialHelper(helper, _environment).GetAsync(key, cancellationToken);
        }

        return FindEntry(key) is { } entry ? AuthEntry.Decode(key, entry) : null;
    }

    private string? HelperFor(string key)
    {
        // An empty name is docker's way to take one registry out of the store.
        if (_configFile.CredentialHelpers.TryGetValue(key, out var own))
        {
            return own.Length > 0 ? own : null;
        }

        return _configFile.HasCredentials
            ? _configFile.CredentialsStore
            : CredentialHelper.PlatformDefault(_environment);
    }

    // Old files have URLs where a host belongs.
    private RegistryAuth? FindEntry(string key) => _configFile.Auths.TryGetValue(key, out var exact)
        ? exact
        : _configFile.Auths.FirstOrDefault(entry => AuthEntry.HostOf(entry.Key) == key).Value;
}
