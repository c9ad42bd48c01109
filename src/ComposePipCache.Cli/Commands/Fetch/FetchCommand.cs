using System.CommandLine;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary><c>docker pipcache fetch</c>: gets what a project needs to build and start without a network.</summary>
internal static class FetchCommand
{
    public const string Name = "fetch";

    /// <summary>Options of ours that make no sense with it.</summary>
    public static readonly IReadOnlyList<string> Refused = ["no-pipcache", "offline"];

    private const string Pretty = "pretty";
    private const string Json = "json";

    public static Command Create(CommandServices services)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what is missing and get nothing" };
        var noBuild = new Option<bool>("--no-build") { Description = "Get images and packages, and build nothing" };
        var platform = new Option<string?>("--platform")
        {
            Description = "Platform of services that name none",
            HelpName = "string",
        };
        var format = new Option<string>("--format")
        {
            Description = "Format the output (\"pretty\"|\"json\")",
            HelpName = "string",
            DefaultValueFactory = _ => Pretty,
        };
        var names = new Argument<string[]>(CompletionCommand.ServiceArgument) { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Name, "Get all that building and starting services needs without a network")
        {
            dryRun, format, noBuild, platform, names,
        };
        command.SetAction(parsed => new FetchRun(services, new FetchOptions
        {
            Services = parsed.GetValue(names) ?? [],
            IsDryRun = parsed.GetValue(dryRun) || services.Line.Globals.Contains("--dry-run"),
            IsWithoutBuilding = parsed.GetValue(noBuild),
            IsJson = IsJson(parsed.GetValue(format)!),
            Platform = parsed.GetValue(platform),
        }).RunAsync());
        return command;
    }

    private static bool IsJson(string format) => format switch
    {
        Json => true,
        Pretty => false,
        _ => throw new PipCacheException(CliErrors.InvalidValue("--format", format, "pretty or json")),
    };
}
