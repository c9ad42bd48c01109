namespace ComposePipCache.Build.Daemon;

/// <summary>One of our cache mounts on a daemon.</summary>
public sealed record DaemonMount
{
    /// <summary>The daemon's own name for it.</summary>
    public required string RecordId { get; init; }

    /// <summary>The name that builds ask for it by.</summary>
    public required string MountId { get; init; }

    public required DaemonMountKind Kind { get; init; }

    /// <summary>In bytes, as the daemon measured it last.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Whether a step has it right now; then it cannot be pruned.</summary>
    public required bool IsInUse { get; init; }
}
