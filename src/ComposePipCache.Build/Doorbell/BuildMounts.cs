using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Doorbell;

/// <summary>The mounts of steps that had to run again: nobody asks for them a second time, so they go with the build.</summary>
/// <remarks>
/// Loading a definition drops the cache mounts of every op whose cache is to be ignored. Loading the one that was just
/// built runs nothing and does no more than that. A prune by id would do as well, but on engines with the containerd
/// store any prune makes BuildKit forget which results it has: see docs/decisions/mounts-of-one-build.md.
/// </remarks>
internal static class BuildMounts
{
    /// <summary>Removes them from the daemon once nothing of the build needs them; what stays is left to its garbage
    /// collection.</summary>
    public static async Task RemoveAsync(PipPlan plan, GatewayClient gateway, CancellationToken cancellationToken)
    {
        if (plan.Steps.All(step => step.Ids == InjectedMounts.Ids(suffix: null)))
        {
            return;
        }

        try
        {
            await gateway.SolveAsync(
                new SolveRequest { Definition = plan.Graph.Encode(), Evaluate = true }, cancellationToken);
        }
        catch (BuildKitException e) when (e is not ConnectionLostException)
        {
            // The build is what it is without this.
        }
    }
}
