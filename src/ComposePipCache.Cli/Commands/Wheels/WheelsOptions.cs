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

    public static Argument<string[]> Patterns() => new("PATTERN") { Arity = ArgumentArity.ZeroOrMore };

    /// <exception cref="PipCacheException">It is neither.</exception>
    public static bool IsJson(string format) => format switch
    {
        Json => true,
        Table => false,
        _ => throw new PipCacheException(CliErrors.InvalidValue("--format", format, "table or json")),
    };
}
