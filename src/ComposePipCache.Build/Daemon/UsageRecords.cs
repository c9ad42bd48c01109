using ComposePipCache.Build.Passes;
using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.Build.Daemon;

/// <summary>Recognises our mounts in what a daemon says of its build cache.</summary>
internal static class UsageRecords
{
    private const string CacheMount = "exec.cachemount";
    private const string IdLabel = " with id \"";
    private const string IdEnd = "\"";

    /// <summary>Ours, the wheels first and the largest of them.</summary>
    public static IReadOnlyList<DaemonMount> Ours(IEnumerable<UsageRecord> records) =>
    [
        .. records.Select(TryRead).OfType<DaemonMount>()
            .OrderBy(mount => mount.Kind)
            .ThenByDescending(mount => mount.Size)
            .ThenBy(mount => mount.RecordId, StringComparer.Ordinal),
    ];

    /// <remarks>
    /// BuildKit has no field for a mount's id; it ends the description (solver/llbsolver/mounts/mount.go). What stands
    /// before it holds words of the step that made the mount, so only the end counts.
    /// </remarks>
    private static DaemonMount? TryRead(UsageRecord record)
    {
        var text = record.Description;
        var start = text.LastIndexOf(IdLabel, StringComparison.Ordinal);
        if (record.RecordType != CacheMount || start < 0 || !text.EndsWith(IdEnd, StringComparison.Ordinal))
        {
            return null;
        }

        start += IdLabel.Length;
        var id = text[start..Math.Max(start, text.Length - IdEnd.Length)];
        return InjectedMounts.KindOf(id) is { } kind && record.ID.All(char.IsAsciiLetterOrDigit)
            ? new DaemonMount
            {
                RecordId = record.ID,
                MountId = id,
                Kind = kind,
                Size = Math.Max(0, record.Size),
                LastUsedAt = (record.LastUsedAt ?? record.CreatedAt)?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch,
                IsInUse = record.InUse,
            }
            : null;
    }
}
