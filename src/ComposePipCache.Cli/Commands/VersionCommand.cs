using System.CommandLine;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Plugin;

namespace ComposePipCache.Cli.Commands;

/// <summary><c>docker pipcache version</c>: says which build this is.</summary>
internal static class VersionCommand
{
    public const string Name = "version";

    private const string Pretty = "pretty";
    private const string Json = "json";

    public static Command Create(CommandServices services)
    {
        var format = new Option<string>("--format", "-f")
        {
            Description = "Format the output (\"pretty\"|\"json\")",
            HelpName = "string",
            DefaultValueFactory = _ => Pretty,
        };
        var isShort = new Option<bool>("--short") { Description = "Show only the version number" };
        var command = new Command(Name, "Show the version of docker pipcache") { format, isShort };
        command.SetAction(parsed => Run(parsed.GetValue(format)!, parsed.GetValue(isShort), services));
        return command;
    }

    private static int Run(string format, bool isShort, CommandServices services)
    {
        var version = PluginVersion.Text;
        services.Output.DataLine((format, isShort) switch
        {
            (Pretty or Json, true) => version.TrimStart('v'),
            (Json, _) => $$"""{"version":"{{version}}"}""",
            (Pretty, _) => $"Docker Pipcache version {version}",
            _ => throw new PipCacheException(CliErrors.InvalidValue("--format", format, "pretty or json")),
        });
        return ExitCode.Success;
    }
}
