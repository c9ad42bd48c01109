using System.Globalization;
using System.Text;
using ComposePipCache.Build.Daemon;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>Shows what the engine has of ours.</summary>
internal static class DaemonMountsView
{
    public static async Task<int> ListAsync(bool isJson, CommandServices services, CancellationToken cancellationToken)
    {
        var mounts = await ReadAsync(services, cancellationToken);
        if (isJson)
        {
            services.Output.WriteJson(mounts, WheelsText.Json.IReadOnlyListDaemonMount);
            return ExitCode.Success;
        }

        var now = services.Clock.GetUtcNow();
        var table = new TextTable("MOUNT", "KIND", "SIZE", "LAST USED", "IN USE", "RECORD");
        foreach (var mount in mounts)
        {
            table.Add(
                mount.MountId,
                EngineHome.Kind(mount.Kind),
                ByteText.Of(mount.Size),
                Wording.Ago(now - mount.LastUsedAt),
                mount.IsInUse ? "yes" : "no",
                mount.RecordId);
        }

        services.Output.Data(Encoding.UTF8.GetBytes(table.ToString()));
        return ExitCode.Success;
    }

    public static async Task<int> SumAsync(bool isJson, CommandServices services, CancellationToken cancellationToken)
    {
        var mounts = await ReadAsync(services, cancellationToken);
        DaemonUsage[] sums =
        [
            .. new[] { DaemonMountKind.Wheels, DaemonMountKind.ToolCache }.Select(kind =>
                DaemonUsage.Of(EngineHome.Kind(kind), [.. mounts.Where(mount => mount.Kind == kind)])),
            DaemonUsage.Of("total", mounts),
        ];
        if (isJson)
        {
            services.Output.WriteJson(sums, WheelsText.Json.IReadOnlyListDaemonUsage);
            return ExitCode.Success;
        }

        var table = new TextTable("TYPE", "MOUNTS", "SIZE");
        foreach (var sum in sums)
        {
            table.Add(sum.Kind, sum.Mounts.ToString(CultureInfo.InvariantCulture), ByteText.Of(sum.Bytes));
        }

        services.Output.Data(Encoding.UTF8.GetBytes(table.ToString()));
        return ExitCode.Success;
    }

    private static async Task<IReadOnlyList<DaemonMount>> ReadAsync(
        CommandServices services, CancellationToken cancellationToken)
    {
        await using var engine = EngineHome.Open(services);
        return await engine.ListAsync(cancellationToken);
    }
}
