using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Reads a command whose first word is the program that does the work.</summary>
internal sealed class ProgramReader(StepReader reader, List<CommandWord> words, CommandContext context)
{
    private static readonly string[] Bootstraps =
        ["get-poetry.py", "install-poetry.py", "install-pdm.py", "peep.py", "get-pipenv.py"];

    public void Read()
    {
        var name = words[0].FileName;
        if (!PythonInvocation.IsInterpreter(name))
        {
            ReadProgram(name, 1);
        }
        else if (PythonInvocation.Of(words, 0) is not { } invocation)
        {
            ReadPythonInput();
        }
        else if (invocation.IsModule)
        {
            ReadProgram(invocation.Name, invocation.End);
        }
        else
        {
            ReadPythonFile(invocation);
        }
    }

    private void ReadProgram(string name, int arguments)
    {
        var isKnown = PythonInvocation.IsPip(name) ? AddPip(arguments) : TryTool(name, arguments);
        if (isKnown)
        {
            return;
        }

        reader.HasRunOthers = true;
        if (OnlineCommands.Classify(name, words, arguments) is { } act)
        {
            reader.StaysOnline.Add(act);
        }
    }

    private bool TryTool(string name, int arguments)
    {
        switch (name)
        {
            case "uv":
                ReadUv(arguments);
                return true;
            case "uvx":
                Add(InstallerTool.Uv, "tool run", Parse(PipOptionTable.Uv, arguments, 1), arguments);
                return true;
            case "pipx":
                AddWithSubCommand(InstallerTool.Pipx, PipOptionTable.Pipx, arguments, 1);
                return true;
            case "poetry":
                AddProjectTool(InstallerTool.Poetry, arguments);
                return true;
            case "pipenv":
                AddProjectTool(InstallerTool.Pipenv, arguments);
                return true;
            case "pdm":
                AddProjectTool(InstallerTool.Pdm, arguments);
                return true;
            case "setup.py":
                return TrySetupPy(arguments);
            case "get-pip.py":
                Add(InstallerTool.GetPip, "", Parse(PipOptionTable.Pip, arguments, 0), arguments);
                return true;
            case var _ when name == "easy_install" || name.StartsWith("easy_install-", StringComparison.Ordinal):
                AddSetupPy("", arguments);
                return true;
            default:
                return TryIndirect(name, arguments);
        }
    }

    private bool TryIndirect(string name, int arguments)
    {
        if (!OnlineCommands.RunsPip(name, words, arguments, out var subCommand))
        {
            return false;
        }

        Add(InstallerTool.Indirect, subCommand, Parse(PipOptionTable.Pip, arguments, 0), arguments);
        if (name is "conda" or "mamba" or "micromamba")
        {
            reader.Installers[^1] = reader.Installers[^1] with { Tool = InstallerTool.Conda };
        }

        reader.StaysOnline.Add(OnlineCommands.Classify(name, words, arguments)
            ?? OnlineAct.Of(OnlineKind.Indirect, words.Select(word => word.Text)));
        return true;
    }

    private bool FirstIs(int position, string text) => position < words.Count && words[position].Text == text;

    private void ReadPythonInput()
    {
        var feed = PipeFeed.Of(context, reader.Expander);
        reader.HasRunOthers = true;
        var command = context.Command?.PipedFrom;
        if (command is null)
        {
            return;
        }

        var isGetPip = reader.Expander.Expand(command.Words, context.Source, context.State)
            .Exists(word => word.Text.EndsWith("/get-pip.py", StringComparison.Ordinal));
        if (isGetPip && feed.Text is null)
        {
            Add(InstallerTool.GetPip, "", Parse(PipOptionTable.Pip, words.Count, 0), words.Count);
        }
    }

    private void ReadPythonFile(PythonInvocation invocation)
    {
        var name = invocation.Name[(invocation.Name.LastIndexOf('/') + 1)..];
        if (name is "setup.py" or "get-pip.py" or "pip.pyz")
        {
            ReadProgram(name, invocation.End);
            return;
        }

        reader.HasRunOthers = true;
        if (Bootstraps.Contains(name))
        {
            Add(InstallerTool.Indirect, "", Parse(PipOptionTable.Pip, invocation.End, 0), invocation.End);
            reader.StaysOnline.Add(OnlineAct.Of(OnlineKind.Indirect, words.Select(word => word.Text)));
        }
    }

    private bool TrySetupPy(int arguments)
    {
        var command = words.Skip(arguments)
            .FirstOrDefault(word => word.Text is "install" or "develop" or "easy_install");
        if (command is null)
        {
            return false;
        }

        AddSetupPy(command.Text, arguments);
        return true;
    }

    private void AddSetupPy(string subCommand, int arguments)
    {
        Add(InstallerTool.SetupPy, subCommand, Parse(PipOptionTable.Pip, words.Count, 0), arguments);
        reader.StaysOnline.Add(OnlineAct.Of(OnlineKind.SetupPy, words.Select(word => word.Text)));
    }

    private void ReadUv(int arguments)
    {
        var before = Parse(PipOptionTable.Uv, arguments, 1);
        var first = before.Operands is [{ } word, ..] ? word.Text : null;
        AddWithSubCommand(InstallerTool.Uv, PipOptionTable.Uv, arguments, first is "pip" or "tool" or "python" ? 2 : 1);
        if (first == "python" && FirstIs(before.End, "install"))
        {
            reader.StaysOnline.Add(OnlineAct.Of(OnlineKind.Download, words.Select(word => word.Text)));
        }
        else if (first == "run")
        {
            // what it runs may be an installer again
            var rest = words.Skip(before.End).SkipWhile(option => option.Text.StartsWith('-')).ToList();
            if (rest.Count > 0 && context.Depth < StepReader.DepthLimit)
            {
                new CommandReader(reader, rest, context with { Depth = context.Depth + 1 }).Read();
            }
        }
    }

    private void AddProjectTool(InstallerTool tool, int arguments) =>
        AddWithSubCommand(tool, PipOptionTable.Uv, arguments, FirstIs(arguments, "self") ? 2 : 1);

    private bool AddPip(int arguments)
    {
        AddWithSubCommand(InstallerTool.Pip, PipOptionTable.Pip, arguments, 1);
        var command = reader.Installers[^1];
        reader.HasRunOthers |= command.SubCommand == "config";
        return true;
    }

    private void AddWithSubCommand(InstallerTool tool, PipOptionTable table, int arguments, int subCommands)
    {
        var before = Parse(table, arguments, subCommands);
        var after = Parse(table, before.End, int.MaxValue);
        var subCommand = string.Join(' ', before.Operands.Select(word => word.Text));
        Add(tool, subCommand, after with { Options = [.. before.Options, .. after.Options] }, arguments);
    }

    private ParsedArguments Parse(PipOptionTable table, int start, int limit)
    {
        var parser = new PipOptionParser(table, words);
        var end = parser.Read(start, limit == 0 ? int.MaxValue : limit);
        return new ParsedArguments(parser.Options, parser.Operands, end);
    }

    private void Add(InstallerTool tool, string subCommand, ParsedArguments parsed, int arguments)
    {
        var programWords = words.GetRange(0, Math.Min(arguments, words.Count));
        var program = string.Join(' ', programWords.Select(word => word.Text));
        var command = InstallerFactory.Create(reader, context, parsed with { Tool = tool, SubCommand = subCommand });
        command = command with
        {
            Program = context.Wrapper.Length > 0 ? $"{context.Wrapper} {program}" : program,
            ProgramWords = programWords,
        };
        reader.Installers.Add(command);
        reader.StaysOnline.AddRange(OnlineCommands.OfArguments(command));
        reader.HasRunOthers |= !command.IsPip;
    }
}
