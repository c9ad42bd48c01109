using System.CommandLine;
using System.Text;
using ComposePipCache.Cli.Compose;

namespace ComposePipCache.Cli.Commands;

/// <summary>The help of one of our verbs, laid out as docker lays out its own.</summary>
internal static class CommandHelp
{
    /// <param name="command">What it is about.</param>
    /// <param name="path">Its words after <c>docker pipcache</c>.</param>
    public static byte[] Render(Command command, string path) => Encoding.UTF8.GetBytes(
        command.Subcommands.Count > 0 ? Group(command, path) : Single(command, path));

    private static string Group(Command command, string path)
    {
        var width = command.Subcommands.Max(one => one.Name.Length);
        var lines = command.Subcommands.Select(one => $"  {one.Name.PadRight(width)}   {one.Description}");
        return
            $"""
            Usage:  docker pipcache {path} COMMAND

            {command.Description}

            Commands:
            {string.Join('\n', lines)}

            Run 'docker pipcache {path} COMMAND --help' for more information on a command.

            """;
    }

    private static string Single(Command command, string path)
    {
        var rows = command.Options.Where(option => !option.Hidden)
            .OrderBy(option => option.Name, StringComparer.Ordinal)
            .Select(RowOf);
        var words = string.Concat(command.Arguments.Select(WordOf));
        // A verb that has compose build takes what builds take, and may be interrupted.
        var canBuild = ComposeOptions.CanBuild(path);
        var ours = canBuild ? $"\nPipcache Options:\n{HelpTable.Render(OwnCommands.FlagsOf(path).Select(HelpTable.RowOf))}\n" : "";
        var findings = command is OwnCommand { Findings: { } text } ? $"\n  2   {text}" : "";
        return
            $"""
            Usage:  docker pipcache {path} [OPTIONS]{words}

            {command.Description}
            {ours}
            Options:
            {HelpTable.Render(rows)}

            Exit status:
              0   It did what was asked
              1   It failed, or was called wrongly{findings}{(canBuild ? "\n  130 It was interrupted" : "")}

            """;
    }

    private static string WordOf(Argument argument) =>
        argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.Name}" : $" [{argument.Name}...]";

    private static HelpRow RowOf(Option option)
    {
        var letter = option.Aliases.FirstOrDefault(alias => alias.Length == 2);
        var standard = option is { HasDefaultValue: true, HelpName: not null }
            ? $" (default \"{option.GetDefaultValue()}\")"
            : "";
        return new HelpRow(letter, option.Name, option.HelpName, option.Description + standard);
    }
}
