using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Origins;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>What a step says of the servers of its index.</summary>
internal static class ResolveOrigins
{
    public static OriginOptions Of(PipStep step, StepInputs inputs) => new()
    {
        ContainerHosts = [.. step.Exec.Meta.ExtraHosts.Select(host => host.Host)],
        TrustedHosts = inputs.TrustedHosts(step),
    };
}
