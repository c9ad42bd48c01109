using System.Collections.Concurrent;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.Build.Doorbell;

/// <summary>The mounts of steps that had to run again: nobody asks for them a second time, so they go with the build.</summary>
internal sealed class BuildMounts
{
    private const string CacheMounts = "type==exec.cachemount";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);

    /// <summary>Takes note of a step's mounts where they are this build's alone.</summary>
    public void Add(PipStep step)
    {
        if (step.Ids != InjectedMounts.Ids(suffix: null))
        {
            _ids.TryAdd(step.Ids.Wheels, 0);
            _ids.TryAdd(step.Ids.Cache, 0);
        }
    }

    /// <summary>Removes them from the daemon; what cannot be removed is left to its garbage collection.</summary>
    public async Task RemoveAsync(BuildKitConnection connection, TimeProvider clock)
    {
        if (_ids.IsEmpty)
        {
            return;
        }

        // Also at the end of a cancelled build.
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            var control = new BuildKitControl(connection);
            var records = (await control.GetDiskUsageAsync([CacheMounts], deadline.Token)).Where(IsOurs).ToList();
            // A filter on the description is not understood by every BuildKit; an empty list of filters means all.
            var request = new PruneRequest { All = true, Filter = { records.Select(record => "id==" + record.ID) } };
            if (records.Count > 0)
            {
                await foreach (var _ in control.PruneAsync(request, deadline.Token))
                {
                }
            }
        }
        catch (Exception e) when (e is BuildKitException or OperationCanceledException)
        {
            // The build is what it is without this.
        }
    }

    // `cached mount /dev/pipcache/wheels from exec /bin/sh -c … with id "docker-pipcache.wheels.abc"`
    private bool IsOurs(UsageRecord record) =>
        _ids.Keys.Any(id => record.Description.EndsWith($"\"{id}\"", StringComparison.Ordinal));
}
