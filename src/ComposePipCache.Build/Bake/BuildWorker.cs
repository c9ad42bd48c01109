using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Control;

namespace ComposePipCache.Build.Bake;

/// <summary>What the daemon tells of the worker that builds: asked once for all targets, on first need.</summary>
internal sealed class BuildWorker(BuildKitConnection connection)
{
    private const string HostGateway = "org.mobyproject.buildkit.worker.moby.host-gateway-ip";
    private const string Snapshotter = "org.mobyproject.buildkit.worker.snapshotter";

    private readonly Lock _gate = new();
    private Task<Dictionary<string, string>>? _labels;

    /// <summary>The address that <c>host-gateway</c> stands for; null where the engine does not tell.</summary>
    public async Task<string?> FindHostGatewayAsync(CancellationToken cancellationToken) =>
        (await LabelsAsync(cancellationToken)).GetValueOrDefault(HostGateway);

    /// <summary>Whether a cache mount can be read-only in one container and writable in another at a time.</summary>
    /// <remarks>
    /// Engines with the graphdriver store, which name no snapshotter, hand out one list of mount options to all: the
    /// first read-only user makes it read-only for the next ones (docs/decisions/mounts-of-one-build.md).
    /// </remarks>
    public async Task<bool> CanShareReadOnlyAsync(CancellationToken cancellationToken) =>
        (await LabelsAsync(cancellationToken)).ContainsKey(Snapshotter);

    // The connection has its own time limits; a caller that gives up only stops waiting.
    private Task<Dictionary<string, string>> LabelsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return (_labels ??= AskAsync()).WaitAsync(cancellationToken);
        }
    }

    private async Task<Dictionary<string, string>> AskAsync() =>
        (await new BuildKitControl(connection).ListWorkersAsync(CancellationToken.None))
            .SelectMany(worker => worker.Labels)
            .DistinctBy(label => label.Key)
            .ToDictionary(StringComparer.Ordinal);
}
