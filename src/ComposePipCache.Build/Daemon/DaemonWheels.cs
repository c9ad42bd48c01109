using ComposePipCache.Build.Bake;
using ComposePipCache.Build.Engine;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.Build.Daemon;

/// <summary>Our mounts on the engine that builds would use.</summary>
/// <remarks>Every method ends in a <see cref="PipCacheException"/> where the engine cannot be asked.</remarks>
public sealed class DaemonWheels : IAsyncDisposable
{
    // The daemon measures what it is asked for, and that may take long.
    private const string CacheMounts = "type==exec.cachemount";

    private readonly EngineDialer _dialer;
    private readonly BuildKitConnection _connection;
    private readonly BuildKitControl _control;

    private DaemonWheels(EngineDialer dialer, BuildKitConnection connection)
    {
        _dialer = dialer;
        _connection = connection;
        _control = new BuildKitControl(connection);
    }

    /// <summary>Finds the engine as a build does; nothing is dialled yet.</summary>
    /// <exception cref="PipCacheException">Another builder is selected, or the context cannot be used.</exception>
    public static DaemonWheels Open(
        DockerConfigDirectory configuration,
        EngineSelection selection,
        EnvironmentSnapshot environment,
        TimeProvider clock)
    {
        var endpoint = new EngineEndpointResolver(configuration, configuration.ReadUsableConfigFile(), environment)
            .Resolve(selection);
        new BuilderSelection(configuration, environment).RequireEngine(builder: null, endpoint);
        var dialer = EngineDialer.Create(endpoint, environment, clock);
        return new DaemonWheels(dialer, new BuildKitConnection(dialer.DialAsync, timeProvider: clock));
    }

    /// <summary>What is there, the wheels first.</summary>
    public Task<IReadOnlyList<DaemonMount>> ListAsync(CancellationToken cancellationToken) => WordAsync(
        async () => UsageRecords.Ours(await _control.GetDiskUsageAsync([CacheMounts], cancellationToken)));

    /// <summary>Whether a prune on this engine makes BuildKit forget all layers of its build cache.</summary>
    /// <remarks>So it is with the containerd image store: see docs/decisions/mounts-of-one-build.md.</remarks>
    public Task<bool> LosesLayersAsync(CancellationToken cancellationToken) => WordAsync(
        () => new BuildWorker(_connection).CanShareReadOnlyAsync(cancellationToken));

    /// <summary>Removes these mounts and nothing else; those in use stay.</summary>
    /// <returns>What went.</returns>
    public Task<IReadOnlyList<DaemonMount>> PruneAsync(
        IReadOnlyList<DaemonMount> mounts, CancellationToken cancellationToken) => WordAsync(async () =>
    {
        // Without a filter everything would go.
        if (mounts.Count == 0)
        {
            return mounts;
        }

        var request = new PruneRequest { Filter = { mounts.Select(mount => $"id=={mount.RecordId}") }, All = true };
        var gone = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var record in _control.PruneAsync(request, cancellationToken))
        {
            gone.Add(record.ID);
        }

        return (IReadOnlyList<DaemonMount>)[.. mounts.Where(mount => gone.Contains(mount.RecordId))];
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _dialer.Dispose();
    }

    private static async Task<T> WordAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (EngineFailures.Find(e) is { } text)
        {
            throw new PipCacheException(text, e);
        }
    }
}
