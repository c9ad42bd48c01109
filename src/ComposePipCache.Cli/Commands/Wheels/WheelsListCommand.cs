using System.CommandLine;
using System.Text;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels ls</c>: what is stored, for whom, how big, and when it was last used.</summary>
internal static class WheelsListCommand
{
    public static Command Create(CommandServices services)
    {
        var patterns = WheelsOptions.Patterns();
        var format = WheelsOptions.Format();
        var unused = new Option<bool>("--unused") { Description = "Show only files that no lock names" };
        var daemon = WheelsOptions.Daemon("Show the engine's copies and caches instead");
        var command = new OwnCommand("ls", "List stored files, by name and version")
        {
            patterns,
            daemon,
            format,
            unused,
        };
        command.SetAction(async (parsed, token) =>
        {
            var isJson = WheelsOptions.IsJson(parsed.GetValue(format)!);
            if (!parsed.GetValue(daemon))
            {
                return Run(parsed.GetValue(patterns)!, isJson, parsed.GetValue(unused), services);
            }

            WheelsOptions.RefuseWithDaemon(parsed, patterns, unused);
            return await DaemonMountsView.ListAsync(isJson, services, token);
        });
        return command;
    }

    private static int Run(string[] patterns, bool isJson, bool isUnusedOnly, CommandServices services)
    {
        using var home = new WheelsHome(services);
        var wanted = new ProjectPatterns(patterns);
        var packages = home.Read().Packages
            .Where(package => wanted.Match(package.Project) && !(isUnusedOnly && package.IsReferenced))
            .ToList();
        if (isJson)
        {
            services.Output.WriteJson(
                [.. packages.Select(ListedPackage.Of)], WheelsText.Json.IReadOnlyListListedPackage);
        }
        else
        {
            services.Output.Data(Encoding.UTF8.GetBytes(Table(packages, services.Clock.GetUtcNow())));
        }

        return ExitCode.Success;
    }

    private static string Table(IEnumerable<StoredPackage> packages, DateTimeOffset now)
    {
        var table = new TextTable("PROJECT", "VERSION", "KIND", "SIZE", "LAST USED", "USED BY", "FILE");
        foreach (var package in packages)
        {
            table.Add(
                WheelsText.Display(package.Project),
                package.Version?.Text ?? "-",
                WheelsText.Kind(package.Kind),
                ByteText.Of(package.File.Size),
                Wording.Ago(now - package.LastUsedAt),
                WheelsText.Labels(package.Labels),
                WheelsText.Display(package.File.FileName));
        }

        return table.ToString();
    }
}
