using System.CommandLine;
using System.CommandLine.Parsing;
using ComposePipCache.Build;
using ComposePipCache.Cli.Commands.Fetch;
using ComposePipCache.Cli.Commands.Wheels;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands;

/// <summary>The verbs that are ours; every other one is compose's. A new one is one entry here.</summary>
internal static class OwnCommands
{
    // No `@file` in place of words: docker knows none.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private static readonly Dictionary<string, Func<CommandServices, Command>> Factories = new(StringComparer.Ordinal)
    {
        [FetchCommand.Name] = FetchCommand.Create,
        [VersionCommand.Name] = VersionCommand.Create,
        [WheelsCommand.Name] = WheelsCommand.Create,
    };

    public static IEnumerable<string> Names => Factories.Keys;

    public static bool Contains(string verb) => Factories.ContainsKey(verb);

    public static Command Create(string verb, CommandServices services) => Factories[verb](services);

    /// <summary>Our options that may stand behind one of our verbs.</summary>
    public static IEnumerable<PipCacheFlag> FlagsOf(string verb) => ComposeOptions.CanBuild(verb)
        ? PipCacheFlags.All.Where(flag => !FetchCommand.Refused.Contains(flag.Name))
        : [];

    /// <summary>The command that the words behind a verb lead to, and its own words.</summary>
    public static (Command Command, string Path) Find(
        string verb, IEnumerable<string> arguments, CommandServices services)
    {
        var (command, path) = (Create(verb, services), verb);
        foreach (var word in arguments.Where(word => !word.StartsWith('-')))
        {
            if (command.Subcommands.FirstOrDefault(one => one.Name == word) is not { } next)
            {
                break;
            }

            (command, path) = (next, $"{path} {word}");
        }

        return (command, path);
    }

    public static async Task<int> RunAsync(string verb, IReadOnlyList<string> arguments, CommandServices services)
    {
        var parsed = Create(verb, services).Parse([.. arguments], Parsing);
        var path = Find(verb, arguments, services).Path;
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            var isCommand = parsed.CommandResult.Command.Subcommands.Count > 0 && !unmatched.StartsWith('-');
            throw new PipCacheException(
                isCommand ? CliErrors.UnknownCommand(path, unmatched) : CliErrors.UnknownWord(path, unmatched));
        }

        if (FindFlagAmongWords(parsed) is { } flag)
        {
            throw new PipCacheException(CliErrors.UnknownWord(path, flag));
        }

        return parsed.Errors is [var error, ..]
            ? throw new PipCacheException(CliErrors.Usage(path, error.Message))
            : await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
    }

    // A list of words would take in what was meant as a flag.
    private static string? FindFlagAmongWords(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(word => word.StartsWith('-'));
}
