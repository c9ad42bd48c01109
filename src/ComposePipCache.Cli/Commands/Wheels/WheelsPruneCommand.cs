using System.CommandLine;
using System.Text;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Settings;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Pruning;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels prune</c>: makes room.</summary>
internal static class WheelsPruneCommand
{
    private const string What = "wheels prune";

    public static Command Create(CommandServices services)
    {
        var options = new PruneOptions();
        var command = new OwnCommand("prune", "Remove stored files");
        options.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var choice = options.Read(parsed, SettingPlace.Of(services.Environment));
            var (isDryRun, isForced) = (parsed.GetValue(options.DryRun), parsed.GetValue(options.Force));
            if (!parsed.GetValue(options.Daemon))
            {
                return Run(choice, isDryRun, isForced, services);
            }

            WheelsOptions.RefuseWithDaemon(parsed, options.All, options.MaxSize, options.Unused);
            return await DaemonPrune.RunAsync(choice.OlderThan, (isDryRun, isForced), services, token);
        });
        return command;
    }

    private static int Run(PruneChoice choice, bool isDryRun, bool isForced, CommandServices services)
    {
        using var home = new WheelsHome(services);
        var limits = choice.ToLimits(services.Clock.GetUtcNow());
        if (isDryRun)
        {
            Show(Decide(home.Read(), limits), "would remove", "Total reclaimable space", services.Output);
            return ExitCode.Success;
        }

        if (!isForced)
        {
            var warning = $"This will remove {PruneChoice.Describe(limits, choice.OlderThan)}.";
            Confirmation.Require(What, warning, services);
        }

        var inventory = home.Read();
        var result = WheelhousePrune.Remove(home.Store, Decide(inventory, limits), CancellationToken.None);
        Show(result.Removed, "removed", "Total reclaimed space", services.Output);
        foreach (var kept in result.Kept)
        {
            services.Output.Note($"kept {Name(kept)}: it is being downloaded");
        }

        if (choice.IsAll)
        {
            WheelhousePrune.RemoveLocks(home.Store, inventory.Locks);
        }

        return ExitCode.Success;
    }

    private static IReadOnlyList<PruneCandidate> Decide(WheelhouseInventory inventory, PruneLimits limits) =>
        PrunePlan.Decide(PruneCandidate.Of(inventory), limits);

    private static void Show(IReadOnlyList<PruneCandidate> gone, string verb, string total, IOutput output)
    {
        var text = new StringBuilder();
        foreach (var one in gone)
        {
            text.Append($"{verb} {Name(one)} ({ByteText.Of(one.Size)})\n");
        }

        text.Append(gone.Count > 0 ? "\n" : "").Append($"{total}: {ByteText.Of(gone.Sum(one => one.Size))}\n");
        output.Data(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Name(PruneCandidate one) => one.Package is { } package
        ? WheelsText.Display(package.File.FileName)
        : $"the half download of {WheelsText.Display(one.Half?.FileName ?? "a file")}";
}
