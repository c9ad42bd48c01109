using System.CommandLine;
using System.Globalization;
using System.Text;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Verification;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels verify</c>: whether every file is still what was stored.</summary>
internal static class WheelsVerifyCommand
{
    public static Command Create(CommandServices services)
    {
        var repair = new Option<bool>("--repair")
        {
            Description = "Remove damaged files, so that they are fetched again",
        };
        var format = WheelsOptions.Format();
        var command = new OwnCommand("verify", "Compare every stored file with its sha256")
        {
            repair,
            format,
        };
        command.Findings = "A file is damaged, unreadable or missing";
        command.SetAction(parsed => RunAsync(
            parsed.GetValue(repair), WheelsOptions.IsJson(parsed.GetValue(format)!), services));
        return command;
    }

    private static async Task<int> RunAsync(bool isRepair, bool isJson, CommandServices services)
    {
        using var home = new WheelsHome(services);
        using var signals = services.Processes.HoldSignals(tryAsk: null);
        var inventory = home.Read();
        var check = new WheelhouseCheck(home.Store, inventory);
        IReadOnlyList<FileFinding> findings;
        try
        {
            findings = await check.RunAsync(new ProgressLine(services.Terminal), signals.Requested);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        finally
        {
            services.Terminal.ShowProgress(null);
        }

        var report = new VerifyReport(
            inventory.Packages.Count,
            inventory.Packages.Sum(one => one.File.Size),
            findings,
            isRepair ? check.Repair(findings) : 0);
        Show(report, isJson, services.Output);
        return findings.Count == 0 ? ExitCode.Success : ExitCode.Findings;
    }

    private static void Show(VerifyReport report, bool isJson, IOutput output)
    {
        if (isJson)
        {
            output.WriteJson(report, WheelsText.Json.VerifyReport);
            return;
        }

        if (report.Findings.Count > 0)
        {
            output.Data(Encoding.UTF8.GetBytes(Table(report.Findings)));
        }

        output.Note(Summary(report));
    }

    private static string Table(IEnumerable<FileFinding> findings)
    {
        var table = new TextTable("STATE", "USED BY", "FILE");
        foreach (var finding in findings)
        {
            var reason = finding.Reason is null ? "" : $" ({WheelsText.Display(finding.Reason)})";
            table.Add(
                finding.Kind switch
                {
                    FileFindingKind.Damaged => "damaged",
                    FileFindingKind.Unreadable => "unreadable",
                    _ => "missing",
                },
                WheelsText.Labels(finding.Labels),
                WheelsText.Display(finding.FileName) + reason);
        }

        return table.ToString();
    }

    private static string Summary(VerifyReport report)
    {
        var wrong = report.Findings.Count(finding => finding.File is not null);
        var missing = report.Findings.Count - wrong;
        var read = $"{WheelsText.Files(report.Files)}, {ByteText.Of(report.Bytes)}";
        var state = (wrong, missing) switch
        {
            (0, 0) => "all intact",
            (0, _) => $"all intact; {missing} missing",
            (_, 0) => $"{wrong} damaged",
            _ => $"{wrong} damaged, {missing} missing",
        };
        var advice = report.Removed > 0
            ? $"; removed {WheelsText.Files(report.Removed)}: the next build fetches them"
            : wrong > 0 ? "; `docker pipcache wheels verify --repair` removes what is damaged"
            : "";
        return $"{read}: {state}{advice}";
    }

    // Called by one thread at a time; `Progress<T>` would answer later, from threads of its own.
    private sealed class ProgressLine(ITerminal terminal) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => terminal.ShowProgress(string.Create(
            CultureInfo.InvariantCulture,
            $"verifying {value.Files}/{value.TotalFiles} files, "
            + $"{ByteText.Of(value.Bytes)} of {ByteText.Of(value.TotalBytes)}"));
    }
}
