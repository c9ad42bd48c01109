using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Goes through all commands of a step, those of the scripts in its words too.</summary>
internal sealed class StepReader(RunStep step)
{
    public const int DepthLimit = 6;

    public List<InstallerCommand> Installers { get; } = [];

    public List<OnlineAct> StaysOnline { get; } = [];

    public WordExpander Expander { get; } = new();

    /// <summary>True once something ran that may change what a later command finds.</summary>
    public bool HasRunOthers { get; set; }

    public void ReadStep()
    {
        var words = step.Arguments
            .Select((argument, index) => new CommandWord(argument) { Span = new TextSpan(index, 0, argument.Length) })
            .ToList();
        var context = new CommandContext { State = Initial(), Source = new ScriptSource("") };
        new CommandReader(this, words, context).Read();
    }

    /// <summary>Reads shell text as a script of its own.</summary>
    public ShellState ReadScript(ScriptSource source, CommandContext context)
    {
        if (context.Depth >= DepthLimit)
        {
            return context.State;
        }

        var scope = new ShellScope(null) { State = context.State };
        foreach (var command in ShellScript.Read(source.Text, scope))
        {
            var inner = context with
            {
                State = command.Scope.Enter(context.State),
                Source = source,
                Depth = context.Depth + 1,
                IsConditional = context.IsConditional || command.IsConditional,
                Command = command,
            };
            command.Scope.State = ReadCommand(command, inner);
        }

        return scope.State;
    }

    /// <summary>The text of a file that the step mounts.</summary>
    public string? FileText(string path, string? workingDirectory) =>
        step.Files.GetValueOrDefault(PosixPath.Combine(workingDirectory, path) ?? path);

    private ShellState ReadCommand(SimpleCommand command, CommandContext context)
    {
        foreach (var word in command.Words)
        {
            ReadSubstitutions(word, context);
        }

        foreach (var redirect in command.Redirects.Where(redirect => redirect.Target is not null))
        {
            ReadSubstitutions(redirect.Target!, context);
        }

        var words = Expander.Expand(command.Words, context.Source, context.State);
        if (words.Count == 0)
        {
            return context.State;
        }

        var span = context.Source.Span(command.Words[0].Start, command.Words[^1].End);
        return new CommandReader(this, words, context with { Span = span }).ReadShellCommand();
    }

    private void ReadSubstitutions(ShellWord word, CommandContext context)
    {
        foreach (var piece in word.Pieces)
        {
            if (piece.Kind == WordPieceKind.Substitution)
            {
                ReadScript(context.Source.Part(piece.Start, piece.Length), context);
            }
        }
    }

    private ShellState Initial()
    {
        var state = new ShellState { WorkingDirectory = step.WorkingDirectory };
        foreach (var variable in step.Environment)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            state = equals > 0 ? state.Set(variable[..equals], variable[(equals + 1)..]) : state;
        }

        return step.SecretNames.Aggregate(state, (known, name) => known.Set(name, null));
    }
}
