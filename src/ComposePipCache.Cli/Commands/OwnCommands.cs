using System.CommandLine;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Commands;

/// <summary>The verbs that are ours; every other one is compose's. A new one is one entry here.</summary>
internal static class OwnCommands
{
    private static readonly Dictionary<string, Func<CommandServices, Command>> Factories = new(StringComparer.Ordinal)
    {
        [VersionCommand.Name] = VersionCommand.Create,
    };

    public static IEnumerable<string> Names => Factories.Keys;

    public static bool Contains(string verb) => Factories.ContainsKey(verb);

    public static Command Create(string verb, CommandServices services) => Factories[verb](services);

    public static async Task<int> RunAsync(string verb, IReadOnlyList<string> arguments, CommandServices services)
    {
        var command = Create(verb, services);
        var parsed = command.Parse([.. arguments]);
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            throw new PipCacheException(CliErrors.UnknownWord(verb, unmatched));
        }

        return parsed.Errors is [var error, ..]
            ? throw new PipCacheException(CliErrors.Usage(verb, error.Message))
            : await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
    }
}
