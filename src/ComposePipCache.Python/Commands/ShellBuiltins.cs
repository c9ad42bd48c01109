using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Commands that change the shell itself.</summary>
internal static class ShellBuiltins
{
    /// <summary>Runs a command of the shell's own.</summary>
    /// <returns>What the shell knows then; null when the command is a program's.</returns>
    public static ShellState? TryRun(List<CommandWord> words, int position, CommandContext context, StepReader reader)
    {
        var state = context.State;
        var operands = words.Skip(position + 1).SkipWhile(word => word.Text is ['-' or '+', _, ..]).ToList();
        switch (words[position].Text)
        {
            case "cd" or "pushd":
                return state with { WorkingDirectory = Enter(state.WorkingDirectory, operands) };
            case "popd":
                return state with { WorkingDirectory = null };
            case "export" or "readonly" or "local" or "declare" or "typeset":
                var isExported = words.Exists(word => word.Text is "export" or "-x");
                return Declare(state, operands, isExported);
            case "unset":
                return operands.Aggregate(state, (known, word) => known.Unset(word.Text));
            case "read" or "mapfile" or "readarray" or "getopts" or "let":
                return operands.Aggregate(state, (known, word) => known.Assign(word.Text, null, isExported: false));
            case "for" or "select":
                return operands.Count == 0 ? state : state.Assign(operands[0].Text, null, isExported: false);
            case "." or "source":
                return Source(state, operands, context, reader);
            case "eval":
                var text = string.Join(' ', operands.Select(word => word.Text));
                return reader.ReadScript(new ScriptSource(text), context) with { HasUnseenVariables = true };
            case ":" or "true" or "false" or "set" or "shopt" or "umask" or "ulimit" or "test" or "[" or "[[" or "alias"
                or "echo" or "printf" or "hash" or "trap" or "wait" or "exit" or "return" or "type" or "pwd":
                return state;
            default:
                return null;
        }
    }

    private static string? Enter(string? folder, List<CommandWord> operands) =>
        operands is [{ IsDynamic: false, Text: not ("-" or "") } target, ..]
            ? PosixPath.Combine(folder, target.Text)
            : null;

    private static ShellState Declare(ShellState state, List<CommandWord> operands, bool isExported)
    {
        foreach (var word in operands)
        {
            var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                var value = word.IsDynamic ? null : word.Text[(equals + 1)..];
                state = state.Assign(word.Text[..equals], value, isExported);
            }
            else if (isExported && state.Variables.TryGetValue(word.Text, out var known))
            {
                state = state.Assign(word.Text, known, isExported);
            }
        }

        return state;
    }

    private static ShellState Source(
        ShellState state, List<CommandWord> operands, CommandContext context, StepReader reader)
    {
        if (operands.Count == 0)
        {
            return state;
        }

        var path = operands[0].Text;
        if (path.EndsWith("/bin/activate", StringComparison.Ordinal))
        {
            var folder = PosixPath.Combine(state.WorkingDirectory, path[..^"/bin/activate".Length]);
            return state with { ActivatedEnvironment = folder ?? path[..^"/bin/activate".Length] };
        }

        reader.HasRunOthers = true;
        if (reader.FileText(path, state.WorkingDirectory) is { } text)
        {
            state = reader.ReadScript(new ScriptSource(text), context);
        }

        return state with { HasUnseenVariables = true };
    }
}
