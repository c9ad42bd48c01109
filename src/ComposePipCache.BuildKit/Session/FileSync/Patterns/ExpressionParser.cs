using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// Compiles an expression made by <see cref="PatternTranslator"/>: characters, classes, <c>.</c>, groups, the
/// quantifiers <c>*</c> and <c>?</c>, escapes.
/// </summary>
internal sealed class ExpressionParser(string expression, string pattern)
{
    private readonly ExpressionReader _reader = new(expression, pattern);
    private readonly List<Instruction> _program = [];
    private readonly StringBuilder _literals = new();
    private string? _prefix;
    private bool _isQuoting;

    internal LinearExpression Parse()
    {
        Sequence(isGroup: false);

        // An unclosed quotation or a backslash at the end swallows the anchor.
        var isOpenEnded = _program is not [.., { Kind: InstructionKind.AtEnd }];
        _program.Add(new Instruction(InstructionKind.Accept));

        // The literals before the first and after the last state that is not one let most paths be refused at a glance.
        return new LinearExpression(_program, _prefix ?? "", isOpenEnded ? "" : _literals.ToString())
        {
            IsOpenEnded = isOpenEnded,
        };
    }

    private void Sequence(bool isGroup)
    {
        while (!_reader.IsAtEnd && !(isGroup && !_isQuoting && _reader.Peek == ')'))
        {
            var (start, literals) = (_program.Count, _literals.Length);
            if (!Quoted() && Atom() is { } instruction)
            {
                Emit(instruction);
            }

            Quantifier(start, literals);
        }
    }

    private bool Quoted()
    {
        if (_isQuoting ? _reader.TryTake("\\E") : _reader.TryTake("\\Q"))
        {
            _isQuoting = !_isQuoting;
            return true;
        }

        if (_isQuoting)
        {
            Literal(_reader.Take());
        }

        return _isQuoting;
    }

    private Instruction? Atom()
    {
        switch (_reader.Peek)
        {
            case '^':
                _reader.Take();
                return new Instruction(InstructionKind.AtBegin);
            case '$':
                _reader.Take();
                return new Instruction(InstructionKind.AtEnd);
            case '.':
                _reader.Take();
                return new Instruction(InstructionKind.Take, RuneSet.AllBut('\n'));
            case '[':
                return new Instruction(InstructionKind.Take, _reader.TakeClass());
            case '(':
                Group();
                return null;
            case '\\' when _reader.TryTakeAssertion() is { } assertion:
                return new Instruction(assertion);
            case '\\' when (_reader.TryTakeShorthand() ?? _reader.TryTakeCategory()) is { } set:
                return new Instruction(InstructionKind.Take, set);
            default:
                Literal(_reader.TakeCharacter());
                return null;
        }
    }

    private void Group()
    {
        _reader.Take();
        Sequence(isGroup: true);
        if (!_reader.TryTake(")"))
        {
            throw PatternException.BadSyntax(pattern);
        }
    }

    private void Literal(int rune)
    {
        var only = new RuneSet().Add(rune, rune);
        _program.Add(new Instruction(InstructionKind.Take, only) { Next = _program.Count + 1 });
        if (rune == Rune.ReplacementChar.Value)
        {
            // May stand for a byte that is not UTF-8.
            EndLiterals();
        }
        else
        {
            _literals.Append(new Rune(rune).ToString());
        }
    }

    private void Emit(Instruction instruction)
    {
        instruction.Next = _program.Count + 1;
        _program.Add(instruction);
        if (instruction.Kind == InstructionKind.Take)
        {
            EndLiterals();
        }
    }

    private void EndLiterals()
    {
        _prefix ??= _literals.ToString();
        _literals.Clear();
    }

    private void Quantifier(int start, int literals)
    {
        if (_isQuoting || _reader.IsAtEnd || _reader.Peek is not ('*' or '?') || start == _program.Count)
        {
            return;
        }

        _literals.Length = Math.Min(_literals.Length, literals);
        EndLiterals();

        // What is repeated moves up by one, behind the fork that may pass it by.
        var repeats = _reader.Take() == '*';
        foreach (var instruction in _program.Skip(start))
        {
            instruction.Next++;
            instruction.Other += instruction.Other >= 0 ? 1 : 0;
        }

        _program.Insert(start, new Instruction(InstructionKind.Fork) { Next = start + 1, Other = _program.Count + 1 });
        if (repeats)
        {
            foreach (var instruction in _program.Skip(start + 1).Where(inner => inner.Next == _program.Count))
            {
                instruction.Next = start;
            }
        }
    }
}
