using System.CommandLine;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>Options and arguments that several of the commands take.</summary>
internal static class WheelsOptions
{
    private const string Table = "table";
    private const string Json = "json";

    public static Option<string> Format() => new("--format")
    {
        Description = "Format the output (\"table\"|\"json\")",
        HelpName = "string",
        DefaultValueFactory = _ => Table,
    };

    public static Option<bool> Daemon(string description) => new("--daemon") { Description = description };

    public static Argument<string[]> Patterns() => new("PATTERN") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Refuses what means something for the wheelhouse alone.</summary>
    /// <exception cref="PipCacheException">Such an option was given.</exception>
    public static void RefuseWithDaemon(ParseResult parsed, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            var isGiven = symbol switch
            {
                Option option => parsed.GetResult(option) is { Implicit: false },
                Argument argument => parsed.GetResult(argument) is { Tokens.Count: > 0 },
                _ => false,
            };
            if (isGiven)
            {
                throw new PipCacheException(CliErrors.Contradiction("--daemon", symbol.Name));
            }
        }
    }

    /// <exception cref="PipCacheException">It is neither.</exception>
    public static bool IsJson(string format) => format switch
    {
        Json => true,
        Table => false,
        _ => throw new PipCacheException(CliErrors.InvalidValue("--format", format, "table or json")),
    };
}
