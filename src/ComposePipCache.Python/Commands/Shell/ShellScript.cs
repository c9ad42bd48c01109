namespace ComposePipCache.Python.Commands.Shell;

/// <summary>
/// Lists the simple commands of a script in the order they are written. What the shell would refuse is read as
/// well as can be: a step that fails in the shell needs no analysis.
/// </summary>
internal sealed class ShellScript
{
    private readonly List<SimpleCommand> _commands = [];
    private readonly Stack<(ShellBlock Kind, bool IsCondition)> _blocks = [];
    private SimpleCommand _current;
    private ShellScope _scope;
    private Skipping _skipping;
    private int _conditions;
    private bool _isFunction;

    private ShellScript(ShellScope scope) => (_scope, _current) = (scope, new SimpleCommand(scope));

    private enum Skipping
    {
        Nothing,
        CaseSubject,
        CasePattern,
        FunctionName,
    }

    public static IReadOnlyList<SimpleCommand> Read(string text, ShellScope scope)
    {
        var script = new ShellScript(scope);
        foreach (var token in ShellLexer.Read(text))
        {
            script.Take(token);
        }

        script.End("");
        return script._commands;
    }

    private void Take(in ShellToken token)
    {
        if (token.Kind == ShellTokenKind.Redirect)
        {
            _current.Redirects.Add(token.Redirect!);
        }
        else if (_skipping != Skipping.Nothing)
        {
            Skip(token);
        }
        else if (token.Kind == ShellTokenKind.Operator)
        {
            TakeOperator(token.Operator);
        }
        else if (_current.Words.Count > 0 || token.Word!.PlainText is not { } text || !TryReserved(text))
        {
            _current.Words.Add(token.Word!);
        }
    }

    private void Skip(in ShellToken token)
    {
        var text = token.Word?.PlainText ?? token.Operator;
        if (_skipping == Skipping.CaseSubject)
        {
            _skipping = text == "in" ? Skipping.CasePattern : _skipping;
        }
        else if (_skipping == Skipping.CasePattern)
        {
            _skipping = text is ")" or "esac" ? Skipping.Nothing : _skipping;
            if (text == "esac")
            {
                Close(ShellBlock.Case);
            }
        }
        else
        {
            _skipping = Skipping.Nothing;
            _isFunction = true;
        }
    }

    private void TakeOperator(string @operator)
    {
        switch (@operator)
        {
            case "(" when _current.Words.Count == 1:
                // name() { … }: what follows is a function
                _current = New();
                _skipping = Skipping.FunctionName;
                break;
            case "(":
                End("(");
                Open(ShellBlock.Subshell);
                _scope = new ShellScope(_scope);
                var input = _current.PipedFrom;
                _current = New();
                _current.PipedFrom = input;
                break;
            case ")":
                End(")");
                if (Close(ShellBlock.Subshell))
                {
                    _scope = _scope.Parent!;
                    _current = New();
                }

                break;
            default:
                End(@operator);
                if (@operator.StartsWith(";;", StringComparison.Ordinal) || @operator == ";&")
                {
                    _skipping = _blocks.TryPeek(out var block) && block.Kind == ShellBlock.Case
                        ? Skipping.CasePattern
                        : Skipping.Nothing;
                }

                break;
        }
    }

    private bool TryReserved(string word)
    {
        switch (word)
        {
            case "if":
                return Open(ShellBlock.Branch);
            case "while" or "until":
                return Open(ShellBlock.Loop);
            case "for" or "select":
                // the loop's words are kept as a command: its variable is one nobody knows
                return !Open(ShellBlock.Loop);
            case "case":
                _skipping = Skipping.CaseSubject;
                return Open(ShellBlock.Case);
            case "function":
                _skipping = Skipping.FunctionName;
                return true;
            case "{":
                return Open(ShellBlock.Braces);
            case "}":
                Close(ShellBlock.Braces);
                return true;
            case "fi":
                Close(ShellBlock.Branch);
                return true;
            case "done":
                Close(ShellBlock.Loop);
                return true;
            case "esac":
                Close(ShellBlock.Case);
                return true;
            default:
                return word is "then" or "else" or "elif" or "do" or "!";
        }
    }

    private bool Open(ShellBlock kind)
    {
        // what stands behind `||` or in a function stays so, however deep it is
        var isGroup = kind is ShellBlock.Subshell or ShellBlock.Braces;
        var isCondition = !isGroup || _current.IsConditional || _isFunction;
        _blocks.Push((kind, isCondition));
        _conditions += isCondition ? 1 : 0;
        _current.IsConditional = _conditions > 0;
        _isFunction = false;
        return true;
    }

    private bool Close(ShellBlock kind)
    {
        if (!_blocks.TryPeek(out var top) || top.Kind != kind)
        {
            return false;
        }

        _blocks.Pop();
        _conditions -= top.IsCondition ? 1 : 0;
        _current.IsConditional = _conditions > 0;
        return true;
    }

    private void End(string @operator)
    {
        var ended = _current;
        if (ended.Words.Count > 0 || ended.Redirects.Count > 0)
        {
            _commands.Add(ended);
        }
        else if (@operator == "\n" || @operator == "(")
        {
            // a line may end behind an operator
            return;
        }

        _current = New();
        _current.IsConditional |= @operator == "||";
        _current.PipedFrom = @operator is "|" or "|&" && _commands.Count > 0 ? _commands[^1] : null;
    }

    private SimpleCommand New() => new(_scope) { IsConditional = _conditions > 0 };
}
