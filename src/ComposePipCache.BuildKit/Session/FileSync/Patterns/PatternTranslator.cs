using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// Turns one cleaned pattern into a comparison, as moby's patternmatcher does (its <c>Pattern.compile</c>).
/// </summary>
/// <remarks>The oddities are wanted: inside a class <c>*</c> and <c>?</c> are still expanded, and a backslash before a
/// letter reaches the expression, so <c>\d</c> is a digit.</remarks>
internal ref struct PatternTranslator
{
    private readonly StringBuilder _expression = new("^");
    private readonly ReadOnlySpan<Rune> _runes;
    private MatchKind _kind = MatchKind.Exact;
    private int _position;

    private PatternTranslator(ReadOnlySpan<Rune> runes) => _runes = runes;

    private readonly int Peek => _position < _runes.Length ? _runes[_position].Value : -1;

    internal static (MatchKind Kind, string Expression) Translate(string pattern)
    {
        // A byte order mark in front is dropped by the reader upstream uses.
        var runes = (pattern.StartsWith('\uFEFF') ? pattern[1..] : pattern).EnumerateRunes().ToArray();
        var translator = new PatternTranslator(runes);
        for (var step = 0; translator._position < runes.Length; step++)
        {
            translator.Step(isFirst: step == 0);
        }

        return (translator._kind, translator._expression + "$");
    }

    private void Step(bool isFirst)
    {
        var rune = _runes[_position++];
        switch (rune.Value)
        {
            case '*' when Peek == '*':
                DoubleStar(isFirst);
                break;
            case '*':
                Append("[^/]*");
                break;
            case '?':
                Append("[^/]");
                break;
            case '.' or '+' or '(' or ')' or '|' or '{' or '}' or '$':
                _expression.Append('\\').Append(rune.ToString());
                break;
            case '\\' when _position < _runes.Length:
                Append("\\" + _runes[_position++]);
                break;
            case '[' or ']':
                Append(rune.ToString());
                break;
            default:
                _expression.Append(rune.ToString());
                break;
        }
    }

    private void DoubleStar(bool isFirst)
    {
        _position++;
        if (Peek == '/')
        {
            _position++;
        }

        if (Peek >= 0)
        {
            Append("(.*/)?");
        }
        else if (_kind == MatchKind.Exact)
        {
            _kind = MatchKind.Prefix;
        }
        else
        {
            Append(".*");
        }

        if (isFirst)
        {
            _kind = MatchKind.Suffix;
        }
    }

    private void Append(string expression)
    {
        _expression.Append(expression);
        _kind = MatchKind.Expression;
    }
}
