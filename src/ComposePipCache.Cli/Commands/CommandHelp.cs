using System.CommandLine;
using System.Text;

namespace ComposePipCache.Cli.Commands;

/// <summary>The help of one of our verbs, laid out as docker lays out its own.</summary>
internal static class CommandHelp
{
    public static byte[] Render(Command command)
    {
        var rows = command.Options.Where(option => !option.Hidden)
            .OrderBy(option => option.Name, StringComparer.Ordinal)
            .Select(RowOf);
        return Encoding.UTF8.GetBytes(
            $"""
            Usage:  docker pipcache {command.Name} [OPTIONS]

            {command.Description}

            Options:
            {HelpTable.Render(rows)}

            Exit status:
              0   It did what was asked
              1   It failed, or was called wrongly

            """);
    }

    private static HelpRow RowOf(Option option)
    {
        var letter = option.Aliases.FirstOrDefault(alias => alias.Length == 2);
        var standard = option is { HasDefaultValue: true, HelpName: not null }
            ? $" (default \"{option.GetDefaultValue()}\")"
            : "";
        return new HelpRow(letter, option.Name, option.HelpName, option.Description + standard);
    }
}
