using System.Text;

namespace ComposePipCache.Python.Commands.Shell;

/// <summary>Reads one word: quotes, backslashes, parameters and substitutions.</summary>
internal sealed class ShellWordReader(string text)
{
    private const string Terminators = " \t\n;&|<>()";

    private readonly StringBuilder _literal = new();
    private List<WordPiece> _pieces = [];
    private WordPieceKind _kind;
    private int _position;

    /// <summary>Reads the word that starts at the position and moves the position behind it.</summary>
    public ShellWord Read(ref int position)
    {
        var start = _position = position;
        _pieces = [];
        if (position + 1 < text.Length && text[position] is '<' or '>' && text[position + 1] == '(')
        {
            _position++;
            Substitute(_position + 1, ')', isQuoted: false);
        }

        while (_position < text.Length && !Terminators.Contains(text[_position]))
        {
            ReadOne();
        }

        if (IsArray())
        {
            Substitute(_position + 1, ')', isQuoted: false);
        }

        Flush();
        position = _position;
        return new ShellWord(start, _position, _pieces);
    }

    private bool IsArray() => _position < text.Length && text[_position] == '(' && _literal.Length > 1
        && _literal[^1] == '=' && _kind == WordPieceKind.Literal;

    private void ReadOne()
    {
        var character = text[_position];
        switch (character)
        {
            case '\\':
                Escape();
                break;
            case '\'':
                SingleQuotation(_position + 1);
                break;
            case '"':
                DoubleQuotation();
                break;
            case '$':
                Dollar(isQuoted: false);
                break;
            case '`':
                Backquotes(isQuoted: false);
                break;
            default:
                Add(WordPieceKind.Literal, character);
                _position++;
                break;
        }
    }

    private void Escape()
    {
        if (_position + 1 < text.Length && text[_position + 1] != '\n')
        {
            Add(WordPieceKind.Quoted, text[_position + 1]);
        }

        _position = Math.Min(_position + 2, text.Length);
    }

    private void SingleQuotation(int start)
    {
        var end = text.IndexOf('\'', start);
        Quote(start, end < 0 ? text.Length : end);
        _position = end < 0 ? text.Length : end + 1;
    }

    private void DoubleQuotation()
    {
        _position++;
        Quote(_position, _position);
        while (_position < text.Length && text[_position] != '"')
        {
            var character = text[_position];
            var next = _position + 1 < text.Length ? text[_position + 1] : '\0';
            if (character == '\\' && next is '$' or '`' or '"' or '\\' or '\n')
            {
                Escape();
            }
            else if (character == '$')
            {
                Dollar(isQuoted: true);
            }
            else if (character == '`')
            {
                Backquotes(isQuoted: true);
            }
            else
            {
                Add(WordPieceKind.Quoted, character);
                _position++;
            }
        }

        _position = Math.Min(_position + 1, text.Length);
    }

    private void Dollar(bool isQuoted)
    {
        var next = _position + 1 < text.Length ? text[_position + 1] : '\0';
        if (next is '(' or '{')
        {
            Substitute(_position + 2, next == '(' ? ')' : '}', isQuoted);
        }
        else if (!isQuoted && next is '\'' or '"')
        {
            _position++;
        }
        else if (char.IsAsciiLetter(next) || next == '_')
        {
            Parameter(_position + 1, NameEnd(_position + 1), isQuoted);
        }
        else if (char.IsAsciiDigit(next) || next is '?' or '@' or '*' or '#' or '$' or '!' or '-')
        {
            Parameter(_position + 1, _position + 2, isQuoted);
        }
        else
        {
            Add(isQuoted ? WordPieceKind.Quoted : WordPieceKind.Literal, '$');
            _position++;
        }
    }

    private int NameEnd(int position)
    {
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return position;
    }

    private void Backquotes(bool isQuoted)
    {
        var start = _position + 1;
        for (_position = start; _position < text.Length && text[_position] != '`'; _position++)
        {
            _position += text[_position] == '\\' ? 1 : 0;
        }

        var end = Math.Min(_position, text.Length);
        Complete(new WordPiece(WordPieceKind.Substitution, "", start, end - start, isQuoted));
        _position = Math.Min(_position + 1, text.Length);
    }

    private void Substitute(int start, char closing, bool isQuoted)
    {
        _position = ShellNesting.Skip(text, start, closing);
        var end = text[_position - 1] == closing && _position > start ? _position - 1 : _position;
        if (closing == '}')
        {
            Parameter(start, end, isQuoted);
        }
        else
        {
            Complete(new WordPiece(WordPieceKind.Substitution, "", start, end - start, isQuoted));
        }
    }

    private void Parameter(int start, int end, bool isQuoted)
    {
        var past = Math.Max(_position, end);
        Complete(new WordPiece(WordPieceKind.Parameter, text[start..end], start, end - start, isQuoted));
        _position = past;
    }

    private void Quote(int start, int end)
    {
        SwitchTo(WordPieceKind.Quoted);
        _literal.Append(text, start, end - start);
    }

    private void Add(WordPieceKind kind, char character)
    {
        SwitchTo(kind);
        _literal.Append(character);
    }

    private void SwitchTo(WordPieceKind kind)
    {
        if (_kind != kind)
        {
            Flush();
            _kind = kind;
        }
    }

    private void Complete(WordPiece piece)
    {
        Flush();
        _pieces.Add(piece);
    }

    private void Flush()
    {
        if (_literal.Length > 0 || (_kind == WordPieceKind.Quoted && _pieces.Count == 0))
        {
            var isQuoted = _kind == WordPieceKind.Quoted;
            _pieces.Add(new WordPiece(_kind, _literal.ToString(), 0, 0, isQuoted));
            _literal.Clear();
        }

        _kind = WordPieceKind.Literal;
    }
}
