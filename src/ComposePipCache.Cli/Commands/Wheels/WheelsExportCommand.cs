using System.CommandLine;
using ComposePipCache.Build;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Exports;
using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels export</c>: a plain folder that pip takes by itself.</summary>
internal static class WheelsExportCommand
{
    public static Command Create(CommandServices services)
    {
        var folder = new Argument<string>(CompletionCommand.FolderArgument);
        var patterns = WheelsOptions.Patterns();
        var service = new Option<string?>("--service")
        {
            Description = "Export only what the builds of this service used",
            HelpName = "string",
        };
        var command = new OwnCommand(
            "export", "Copy stored files to a folder for 'pip install --no-index --find-links'")
        {
            folder,
            patterns,
            service,
        };
        command.Findings = "A file that was asked for is not in the folder now";
        command.SetAction(parsed => RunAsync(
            services.Environment.FullPath(parsed.GetValue(folder)!),
            new ExportChoice(parsed.GetValue(patterns)!, parsed.GetValue(service)),
            services));
        return command;
    }

    private static async Task<int> RunAsync(string folder, ExportChoice choice, CommandServices services)
    {
        using var home = new WheelsHome(services);
        using var signals = services.Processes.HoldSignals(tryAsk: null);
        var inventory = home.Read();
        var plan = ExportPlan.Of(choice.Of(inventory));
        if (plan.Chosen.Count == 0)
        {
            throw new PipCacheException(WheelsErrors.NothingToExport(choice.Patterns, choice.Service));
        }

        try
        {
            var report = await new WheelExport(home.Store, folder).RunAsync(plan.Chosen, signals.Requested);
            var missing = choice.MissingFrom(inventory);
            Tell(report, plan, missing, folder, services.Output);
            return report.Files.All(file => file.IsThere) && missing.Count == 0 ? ExitCode.Success : ExitCode.Findings;
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static void Tell(
        ExportReport report, ExportPlan plan, IReadOnlyList<string> missing, string folder, IOutput output)
    {
        foreach (var one in plan.PassedOver)
        {
            output.Note($"warning: {Name(one)} has several contents: left out the one {Describe(one)}");
        }

        foreach (var file in report.Files.Where(file => !file.IsThere))
        {
            var reason = file.Outcome == ExportOutcome.Occupied
                ? "the folder has another file of that name"
                : "it is damaged, `docker pipcache wheels verify` tells more";
            output.Note($"warning: {Name(file.Package)} was not exported: {reason}");
        }

        foreach (var name in missing)
        {
            output.Note($"warning: {WheelsText.Display(name)} was not exported: it is not stored any more");
        }

        if (!report.HasDigestList)
        {
            output.Note($"warning: {DigestList.FileName} is not a list of sha256 and was left as it is");
        }

        var copied = report.Files.Where(file => file.Outcome == ExportOutcome.Copied).ToList();
        var present = report.Files.Count(file => file.Outcome == ExportOutcome.Present);
        var also = present > 0 ? $"; {present} were there already" : "";
        var bytes = ByteText.Of(copied.Sum(file => file.Package.File.Size));
        output.Note($"exported {WheelsText.Files(copied.Count)} ({bytes}) to {folder}{also}");
    }

    private static string Name(StoredPackage package) => WheelsText.Display(package.File.FileName);

    private static string Describe(StoredPackage package) =>
        $"with sha256 {package.File.Sha256[..12]} "
        + $"({WheelsText.Kind(package.Kind)}, used by {WheelsText.Labels(package.Labels)})";
}
