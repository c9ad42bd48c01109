using ComposePipCache.Build.Doorbell;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Bake;

/// <summary>Opens the sessions of one command. Targets with the same directories and secrets share one.</summary>
/// <remarks>
/// A shared session lets the daemon pull a context once for several services. All stay open until the last target is
/// done: a target used as a context is pulled through its own session.
/// </remarks>
internal sealed class SessionPool(
    SessionHost host,
    BuildKitConnection connection,
    ICredentialStore credentials,
    string nodeId) : IAsyncDisposable
{
    private readonly Dictionary<string, TargetSession> _sessions = new(StringComparer.Ordinal);
    private readonly List<SessionLease> _leases = [];

    /// <summary>The session for a target, opened when it is the first of its kind.</summary>
    public async Task<TargetSession> OpenAsync(
        BakeTarget target,
        TargetSources sources,
        EnvironmentSnapshot environment,
        CancellationToken cancellationToken)
    {
        var key = string.Join('\n', [
            sources.SharedKey,
            .. sources.Directories.Select(directory => $"{directory.Key}={directory.Value}"),
            .. target.Secrets]);
        if (_sessions.TryGetValue(key, out var known))
        {
            return known;
        }

        var doorbell = new DoorbellSecrets(target.Secrets.Count > 0 ? new BakeSecrets(target, environment) : null);
        var session = new BuildSession
        {
            SharedKey = $"{sources.SharedKey}:{nodeId}",
            Sources = new BakeSources(sources.Directories),
            Secrets = doorbell,
            Credentials = credentials,
        };
        _leases.Add(await host.AttachAsync(session, connection, cancellationToken));
        return _sessions[key] = new TargetSession(session.Id, doorbell);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var lease in _leases)
        {
            await lease.DisposeAsync();
        }
    }
}
