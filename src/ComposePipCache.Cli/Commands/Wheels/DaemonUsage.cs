using ComposePipCache.Build.Daemon;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>What our mounts of one kind take on the engine.</summary>
internal sealed record DaemonUsage(string Kind, int Mounts, long Bytes)
{
    public static DaemonUsage Of(string kind, IReadOnlyCollection<DaemonMount> mounts) =>
        new(kind, mounts.Count, mounts.Sum(mount => mount.Size));
}
