using System.Text;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Plugin;

namespace ComposePipCache.Cli.Commands;

/// <summary>Shows the help of a verb, ours or compose's.</summary>
internal static class HelpCommand
{
    public const string Name = "help";

    private const string OptionsHeading = "\nOptions:\n";
    private const string ComposeUsage = "Usage:  docker compose ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(DockerCommandLine docker, ComposeCommandLine line, CommandServices services)
    {
        if (line.Verb is null)
        {
            services.Output.Data(RootHelp.Render());
            return ExitCode.Success;
        }

        if (OwnCommands.Contains(line.Verb))
        {
            var (command, path) = OwnCommands.Find(line.Verb, line.Arguments, services);
            services.Output.Data(CommandHelp.Render(command, path));
            return ExitCode.Success;
        }

        var program = new ComposeRunner(services).PassOn(docker, line);
        if (!ComposeOptions.CanBuild(line.Verb))
        {
            return await services.Processes.ReplaceAsync(program);
        }

        using var deadline = new CancellationTokenSource(Patience);
        var help = await services.Processes.CaptureAsync(program, deadline.Token);
        services.Output.Data(Encoding.UTF8.GetBytes(WithOurOptions(help.StandardOutput)));
        return help.ExitCode;
    }

    /// <summary>Compose's own text, under our name and with our options before its own.</summary>
    public static string WithOurOptions(string help)
    {
        var ours = $"\nPipcache Options:\n{HelpTable.RenderFlags()}\n";
        var named = help.StartsWith(ComposeUsage, StringComparison.Ordinal)
            ? $"Usage:  docker pipcache {help[ComposeUsage.Length..]}"
            : help;
        var options = named.IndexOf(OptionsHeading, StringComparison.Ordinal);
        return options < 0 ? named + ours : named.Insert(options, ours);
    }
}
