using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Finds out what one command does: looks behind <c>sudo</c>, <c>env</c> and <c>sh -c</c>.</summary>
internal sealed class CommandReader(StepReader reader, List<CommandWord> words, CommandContext context)
{
    private List<CommandWord> _words = words;
    private CommandContext _context = context;
    private int _position;

    /// <summary>Reads a command of a script: assignments may stand in front of it.</summary>
    /// <returns>What the shell knows behind it.</returns>
    public ShellState ReadShellCommand()
    {
        var assigned = TakeAssignments(isExported: true);
        if (_position == _words.Count)
        {
            _position = 0;
            return TakeAssignments(isExported: false);
        }

        if (ShellBuiltins.TryRun(_words, _position, _context, reader) is { } state)
        {
            return state;
        }

        var before = _context.State;
        _context = _context with { State = assigned };
        Read();
        return before;
    }

    /// <summary>Reads a command that no shell sees first.</summary>
    public void Read()
    {
        while (_position < _words.Count && TryUnwrap())
        {
        }

        if (_position < _words.Count && !TryNestedScript())
        {
            var rest = _words.GetRange(_position, _words.Count - _position);
            new ProgramReader(reader, rest, _context).Read();
        }
    }

    private ShellState TakeAssignments(bool isExported)
    {
        var state = _context.State;
        for (; _position < _words.Count; _position++)
        {
            var text = _words[_position].Text;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !ShellState.IsName(text.AsSpan(0, equals)))
            {
                break;
            }

            state = state.Assign(text[..equals], _words[_position].IsDynamic ? null : text[(equals + 1)..], isExported);
        }

        return state;
    }

    private void TakeExports(ShellState state)
    {
        _context = _context with { State = state };
        _context = _context with { State = TakeAssignments(isExported: true) };
    }

    private bool TryUnwrap()
    {
        switch (_words[_position].FileName)
        {
            case "sudo" or "doas":
                Sudo();
                return true;
            case "env":
                Env();
                return true;
            case "xargs" or "parallel":
                Skip(CommandWrappers.Xargs, 0);
                _context = _context with { TakesInput = true };
                return true;
            case "find":
                // once: a chain of them would be searched to the end again and again
                return !_context.IsFind && TryFind();
            case "conda" or "mamba" or "micromamba":
                return TryCondaRun();
            case "poetry" or "pipenv" or "pdm" or "hatch" or "rye" when Next() == "run":
                _position += 2;
                return true;
            case "gosu" or "su-exec" or "chroot" or "runuser" or "setpriv":
                ChangeUser();
                return true;
            case "command" when Next() is "-v" or "-V":
                return false;
            case var name when CommandWrappers.Find(name) is { } wrapper:
                Skip(wrapper.ValueOptions, wrapper.Operands);
                return true;
            default:
                return false;
        }
    }

    private string? Next() => _position + 1 < _words.Count ? _words[_position + 1].Text : null;

    private List<CommandWord> Skip(string[] valueOptions, int operands) =>
        CommandWrappers.Skip(_words, ref _position, valueOptions, operands);

    private void Sudo()
    {
        var options = Skip(CommandWrappers.Sudo, 0);
        var keeps = options.Exists(option => option.Text == "--preserve-env"
            || (option.Text.StartsWith('-') && !option.Text.StartsWith("--", StringComparison.Ordinal)
                && option.Text.Contains('E')));
        var user = options.FindIndex(option => option.Text is "-u" or "--user");
        _context = _context with
        {
            ClearedBy = keeps ? _context.ClearedBy : "sudo",
            OtherUser = user >= 0 && user + 1 < options.Count ? options[user + 1].Text : _context.OtherUser,
        };
        TakeExports(_context.State);
    }

    private void Env()
    {
        var options = Skip(CommandWrappers.Env, 0);
        var state = _context.State;
        for (var index = 0; index < options.Count; index++)
        {
            var text = options[index].Text;
            if (text is "-" or "-i" or "--ignore-environment")
            {
                _context = _context with { ClearedBy = "env -i" };
            }
            else if (text is "-u" or "--unset" && index + 1 < options.Count)
            {
                state = state.Unset(options[++index].Text);
            }
            else if (text.StartsWith("--unset=", StringComparison.Ordinal))
            {
                state = state.Unset(text["--unset=".Length..]);
            }
            else if (text is "-C" or "--chdir" && index + 1 < options.Count)
            {
                var folder = PosixPath.Combine(state.WorkingDirectory, options[++index].Text);
                state = state with { WorkingDirectory = folder };
            }
        }

        TakeExports(state);
    }

    private bool TryFind()
    {
        var index = _words.FindIndex(_position, word => word.Text is "-exec" or "-execdir" or "-ok");
        if (index < 0)
        {
            return false;
        }

        var end = _words.FindIndex(index, word => word.Text is ";" or "+");
        _words = _words.GetRange(0, end < 0 ? _words.Count : end);
        _position = index + 1;
        _context = _context with { TakesInput = true, IsFind = true };
        return true;
    }

    private bool TryCondaRun()
    {
        var run = _position + 1;
        while (run < _words.Count && _words[run].Text.StartsWith('-'))
        {
            run++;
        }

        if (run >= _words.Count || _words[run].Text != "run")
        {
            return false;
        }

        var start = _position;
        _position = run;
        Skip(CommandWrappers.CondaRun, 0);
        var wrapper = string.Join(' ', _words.GetRange(start, _position - start).Select(word => word.Text));
        _context = _context with { Wrapper = wrapper };
        return true;
    }

    private void ChangeUser()
    {
        var name = _words[_position].FileName;
        var operands = name is "gosu" or "su-exec" or "chroot" ? 1 : 0;
        var skipped = Skip(CommandWrappers.ChangeUser, operands);
        var option = skipped.FindIndex(word => word.Text is "-u" or "--user" or "--reuid");
        var user = operands > 0 ? skipped.LastOrDefault()
            : option >= 0 ? skipped.ElementAtOrDefault(option + 1)
            : null;
        _context = _context with { OtherUser = name == "chroot" ? _context.OtherUser : user?.Text ?? "?" };
    }

    private bool TryNestedScript()
    {
        var name = _words[_position].FileName;
        if (name == "su")
        {
            Su();
            return true;
        }

        return CommandWrappers.IsShell(name) ? TryShell() : TryFile(_words[_position], isShell: false);
    }

    private bool TryShell()
    {
        var script = CommandWrappers.FindShellScript(_words, _position, out var isText);
        if (isText && script is not null)
        {
            reader.ReadScript(SourceOf(script), _context);
            return true;
        }

        if (script is not null && script.Text is not ("-" or "/dev/stdin"))
        {
            return TryFile(script, isShell: true);
        }

        if (PipeFeed.HereDocument(_context.Command) is { } body)
        {
            reader.ReadScript(new ScriptSource(body), _context);
        }

        reader.HasRunOthers = true;
        return true;
    }

    private bool TryFile(CommandWord file, bool isShell)
    {
        if (reader.FileText(file.Text, _context.State.WorkingDirectory) is not { } text)
        {
            return false;
        }

        if (isShell || CommandWrappers.IsShellScript(text))
        {
            reader.ReadScript(new ScriptSource(text), _context);
        }

        reader.HasRunOthers = true;
        return true;
    }

    private void Su()
    {
        var isLogin = false;
        string? user = null;
        CommandWord? script = null;
        for (var index = _position + 1; index < _words.Count; index++)
        {
            var text = _words[index].Text;
            if (text is "-c" or "--command" or "-s" or "--shell" or "-g" or "-G" or "-w" && index + 1 < _words.Count)
            {
                index++;
                script = text is "-c" or "--command" ? _words[index] : script;
            }
            else if (text.StartsWith('-'))
            {
                isLogin |= text is "-" or "-l" or "--login";
            }
            else
            {
                user ??= text;
            }
        }

        _context = _context with { OtherUser = user ?? "root", ClearedBy = isLogin ? "su -" : _context.ClearedBy };
        if (script is not null)
        {
            reader.ReadScript(SourceOf(script), _context);
        }
        else if (PipeFeed.HereDocument(_context.Command) is { } body)
        {
            reader.ReadScript(new ScriptSource(body), _context);
        }
    }

    private ScriptSource SourceOf(CommandWord word)
    {
        if (word.Source is not { } source)
        {
            return new ScriptSource(word.Text, word.Span?.ArgumentIndex ?? -1);
        }

        return source.TryGetQuotation(_context.Source.Text, out var start, out var length)
            ? _context.Source.Part(start, length)
            : new ScriptSource(word.Text);
    }
}
