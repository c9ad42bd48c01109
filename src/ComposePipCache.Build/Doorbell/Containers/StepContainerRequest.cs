using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What a step's container is made of.</summary>
public sealed record StepContainerRequest
{
    /// <summary>Ref of the step's root file system before the step, within the build.</summary>
    public required string ParentRef { get; init; }

    /// <summary>What else the step has in its file system, with the refs it comes from.</summary>
    public IReadOnlyList<Mount> Sources { get; init; } = [];

    /// <summary>The step's own environment, directory and user.</summary>
    public required Meta Step { get; init; }

    /// <summary>Id of the cache mount that holds wheels and views.</summary>
    public required string WheelCacheId { get; init; }

    /// <summary>Id of the cache mount that holds the caches of pip and its relatives.</summary>
    public required string ToolCacheId { get; init; }

    /// <summary>None unless something must be reached from inside.</summary>
    public NetMode Network { get; init; } = NetMode.None;

    /// <summary>The step's platform, where it is not the engine's.</summary>
    public Platform? Platform { get; init; }
}
