using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Daemon;
using ComposePipCache.Wheelhouse;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>Removes our mounts from the engine; the next build fills them again from the wheelhouse.</summary>
internal static class DaemonPrune
{
    private const string What = "wheels prune --daemon";

    public static async Task<int> RunAsync(
        TimeSpan? olderThan,
        (bool IsDryRun, bool IsForced) how,
        CommandServices services,
        CancellationToken cancellationToken)
    {
        await using var engine = EngineHome.Open(services);
        var mounts = await engine.ListAsync(cancellationToken);
        var before = services.Clock.GetUtcNow() - olderThan;
        var chosen = mounts.Where(mount => before is null || mount.LastUsedAt < before).ToList();
        if (how.IsDryRun || chosen.Count == 0)
        {
            Show(chosen, how.IsDryRun ? ("would remove", "reclaimable") : ("removed", "reclaimed"), services);
            return ExitCode.Success;
        }

        if (!how.IsForced)
        {
            await RequireAsync(engine, chosen.Count, services, cancellationToken);
        }

        var gone = await engine.PruneAsync(chosen, cancellationToken);
        Show(gone, ("removed", "reclaimed"), services);
        foreach (var kept in chosen.Except(gone))
        {
            services.Output.Note($"kept {kept.MountId} ({kept.RecordId}): it is in use");
        }

        return ExitCode.Success;
    }

    private static async Task RequireAsync(
        DaemonWheels engine, int count, CommandServices services, CancellationToken cancellationToken)
    {
        if (await engine.LosesLayersAsync(cancellationToken))
        {
            throw new PipCacheException(WheelsErrors.LosesLayers);
        }

        var mounts = Build.Fallback.Wording.Count(count, "mount");
        var warning = $"This will remove {mounts} of pipcache's from the engine; the next build fills them again.";
        Confirmation.Require(What, warning, services);
    }

    private static void Show(
        IReadOnlyList<DaemonMount> mounts, (string Verb, string Total) words, CommandServices services)
    {
        var text = new StringBuilder();
        foreach (var mount in mounts)
        {
            text.Append($"{words.Verb} {mount.MountId} ({ByteText.Of(mount.Size)})\n");
        }

        text.Append(mounts.Count > 0 ? "\n" : "");
        text.Append($"Total {words.Total} space: {ByteText.Of(mounts.Sum(mount => mount.Size))}\n");
        services.Output.Data(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
