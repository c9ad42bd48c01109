using System.CommandLine;
using System.Globalization;
using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels du</c>: what the wheelhouse takes.</summary>
internal static class WheelsUsageCommand
{
    private const string ByProject = "project";
    private const string ByService = "service";
    private const string NoService = "-";

    public static Command Create(CommandServices services)
    {
        var by = new Option<string?>("--by")
        {
            Description = "Show each \"project\" or \"service\" instead of each kind",
            HelpName = "string",
        };
        var format = WheelsOptions.Format();
        var daemon = WheelsOptions.Daemon("Show what the engine's copies and caches take instead");
        var command = new OwnCommand("du", "Show how much room stored files take") { by, daemon, format };
        command.SetAction(async (parsed, token) =>
        {
            var isJson = WheelsOptions.IsJson(parsed.GetValue(format)!);
            if (!parsed.GetValue(daemon))
            {
                return Run(parsed.GetValue(by), isJson, services);
            }

            WheelsOptions.RefuseWithDaemon(parsed, by);
            return await DaemonMountsView.SumAsync(isJson, services, token);
        });
        return command;
    }

    private static int Run(string? by, bool isJson, CommandServices services)
    {
        using var home = new WheelsHome(services);
        return by switch
        {
            null => Show(UsageReport.Of(home.Store.Root, home.Read()), isJson, services.Output),
            ByProject => Show(Projects(home.Read()), isJson, services.Output),
            ByService => Show(Services(home.Read()), isJson, services.Output),
            _ => throw new PipCacheException(CliErrors.InvalidValue("--by", by, "project or service")),
        };
    }

    private static IEnumerable<UsageGroup> Projects(WheelhouseInventory inventory) => inventory.Packages
        .GroupBy(package => package.Project, StringComparer.Ordinal)
        .Select(group => UsageGroup.Of(group.Key, [.. group]));

    // A file that several services use counts for each of them.
    private static IEnumerable<UsageGroup> Services(WheelhouseInventory inventory) => inventory.Packages
        .SelectMany(
            package => package.Labels is [] ? [NoService] : package.Labels, (package, label) => (package, label))
        .GroupBy(one => one.label, one => one.package, StringComparer.Ordinal)
        .Select(group => UsageGroup.Of(group.Key, [.. group]));

    private static int Show(IEnumerable<UsageGroup> groups, bool isJson, IOutput output)
    {
        UsageGroup[] ordered =
        [
            .. groups.OrderByDescending(group => group.Bytes).ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
        if (isJson)
        {
            output.WriteJson(ordered, WheelsText.Json.IReadOnlyListUsageGroup);
        }
        else
        {
            output.Data(Encoding.UTF8.GetBytes(Table("NAME", ordered)));
        }

        return ExitCode.Success;
    }

    private static int Show(UsageReport report, bool isJson, IOutput output)
    {
        if (isJson)
        {
            output.WriteJson(report, WheelsText.Json.UsageReport);
        }
        else
        {
            var table = Table("TYPE", [.. report.Kinds, report.HalfDownloads, report.Total]);
            output.Data(Encoding.UTF8.GetBytes($"{table}\n{Wording.Count(report.Locks, "lock")} in {report.Root}\n"));
        }

        return ExitCode.Success;
    }

    private static string Table(string heading, IEnumerable<UsageGroup> groups)
    {
        var table = new TextTable(heading, "FILES", "SIZE", "UNUSED");
        foreach (var group in groups)
        {
            table.Add(
                WheelsText.Display(group.Name),
                group.Files.ToString(CultureInfo.InvariantCulture),
                ByteText.Of(group.Bytes),
                ByteText.Of(group.UnusedBytes));
        }

        return table.ToString();
    }
}
