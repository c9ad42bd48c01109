using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>What the commands in front of a pipe write into it, as far as their words tell.</summary>
internal sealed class PipeFeed
{
    private const int Length = 8;

    private readonly List<string> _files = [];

    public IReadOnlyList<string> Files => _files;

    public string? Text { get; private set; }

    public static PipeFeed Of(CommandContext context, WordExpander expander)
    {
        var feed = new PipeFeed { Text = HereDocument(context.Command) };
        var command = context.Command?.PipedFrom;
        for (var count = 0; command is not null && count < Length; count++, command = command.PipedFrom)
        {
            feed.Text ??= HereDocument(command);
            feed.Add(expander.Expand(command.Words, context.Source, context.State));
        }

        return feed;
    }

    /// <summary>A here-document in which the shell has nothing to replace.</summary>
    public static string? HereDocument(SimpleCommand? command)
    {
        var body = command?.Redirects.Find(redirect => redirect.IsHereDocument)?.Body;
        return body is not null && body.AsSpan().IndexOfAny('$', '`', '\\') < 0 ? body : null;
    }

    private void Add(List<CommandWord> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        var operands = words.Skip(1).Where(word => !word.Text.StartsWith('-') && !word.IsDynamic)
            .Select(word => word.Text).ToArray();
        var name = words[0].FileName;
        switch (name)
        {
            case "cat":
                _files.AddRange(operands);
                break;
            case "echo" or "printf" when !words.Exists(word => word.IsDynamic):
                Text ??= string.Join('\n', operands);
                break;
            case "grep" or "egrep" or "fgrep" or "sed" or "awk" or "head" or "tail" or "tr" or "cut" or "sort"
                or "uniq":
                _files.AddRange(operands.Where(IsRequirementName));
                break;
            default:
                _files.AddRange(LockFiles(name));
                break;
        }
    }

    /// <summary>The files that a tool's export is made of.</summary>
    public static string[] LockFiles(string tool) => tool switch
    {
        "poetry" => ["pyproject.toml", "poetry.lock"],
        "pipenv" => ["Pipfile", "Pipfile.lock"],
        "pdm" => ["pyproject.toml", "pdm.lock"],
        "uv" => ["pyproject.toml", "uv.lock"],
        _ => [],
    };

    private static bool IsRequirementName(string name) =>
        name.EndsWith(".txt", StringComparison.Ordinal) || name.EndsWith(".in", StringComparison.Ordinal)
        || name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith(".toml", StringComparison.Ordinal);
}
