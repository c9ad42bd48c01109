namespace ComposePipCache.Python.Commands.Shell;

/// <summary>
/// Cuts POSIX shell text (and what bash adds to it in everyday scripts) into tokens. Every text has tokens: an
/// open quotation or parenthesis reaches to the end. The time is linear in the length.
/// </summary>
internal sealed class ShellLexer
{
    private static readonly string[] Redirections =
        ["&>>", "<<<", "<<-", "&>", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">"];

    private static readonly string[] Operators =
        [";;&", "&&", "||", "|&", ";;", ";&", ";", "&", "|", "(", ")", "\n"];

    private readonly string _text;
    private readonly ShellWordReader _words;
    private readonly List<ShellToken> _tokens = [];
    private readonly Queue<(ShellRedirect Redirect, string Delimiter)> _hereDocuments = [];
    private int _position;

    private ShellLexer(string text) => (_text, _words) = (text, new ShellWordReader(text));

    public static IReadOnlyList<ShellToken> Read(string text)
    {
        var lexer = new ShellLexer(text);
        while (lexer.SkipBlanks())
        {
            lexer.ReadToken();
        }

        return lexer._tokens;
    }

    private bool SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is ' ' or '\t' or '\r')
            {
                _position++;
            }
            else if (_text[_position] == '\\' && _position + 1 < _text.Length && _text[_position + 1] == '\n')
            {
                _position += 2;
            }
            else if (_text[_position] == '#')
            {
                var end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadToken()
    {
        var start = _position;
        if (TryRedirect())
        {
            return;
        }

        if (Match(Operators, _position) is { } found && !IsProcessSubstitution(_position))
        {
            _position += found.Length;
            _tokens.Add(new ShellToken(ShellTokenKind.Operator, start, found));
            if (found == "\n")
            {
                ReadHereDocuments();
            }

            return;
        }

        var word = _words.Read(ref _position);
        _tokens.Add(new ShellToken(ShellTokenKind.Word, start, Word: word));
    }

    private bool TryRedirect()
    {
        var position = _position;
        while (position < _text.Length && position < _position + 3 && char.IsAsciiDigit(_text[position]))
        {
            position++;
        }

        if (Match(Redirections, position) is not { } found || IsProcessSubstitution(position))
        {
            return false;
        }

        var start = _position;
        _position = position + found.Length;
        AddRedirect(start, found);
        return true;
    }

    private void AddRedirect(int start, string found)
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }

        var hasTarget = IsProcessSubstitution(_position)
            || (_position < _text.Length && !"<>&|;()\n#".Contains(_text[_position]));
        var redirect = new ShellRedirect(found, hasTarget ? _words.Read(ref _position) : null);
        _tokens.Add(new ShellToken(ShellTokenKind.Redirect, start, found, Redirect: redirect));
        if (redirect is { IsHereDocument: true, Target: not null })
        {
            _hereDocuments.Enqueue((redirect, string.Concat(redirect.Target.Pieces.Select(piece => piece.Text))));
        }
    }

    private bool IsProcessSubstitution(int position) =>
        position + 1 < _text.Length && _text[position] is '<' or '>' && _text[position + 1] == '(';

    private string? Match(string[] candidates, int position)
    {
        if (position >= _text.Length || !"<>&|;()\n".Contains(_text[position]))
        {
            return null;
        }

        foreach (var candidate in candidates)
        {
            if (string.CompareOrdinal(_text, position, candidate, 0, candidate.Length) == 0)
            {
                return candidate;
            }
        }

        return null;
    }

    private void ReadHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var pending))
        {
            var start = _position;
            var end = FindDelimiter(pending.Delimiter, pending.Redirect.Operator == "<<-");
            pending.Redirect.Body = _text[start..end];
        }
    }

    private int FindDelimiter(string delimiter, bool hasTabs)
    {
        while (_position < _text.Length)
        {
            var start = _position;
            var newline = _text.IndexOf('\n', start);
            var end = newline < 0 ? _text.Length : newline;
            _position = newline < 0 ? end : end + 1;
            var line = _text.AsSpan(start, end - start);
            if ((hasTabs ? line.TrimStart('\t') : line).SequenceEqual(delimiter))
            {
                return start;
            }
        }

        return _text.Length;
    }
}
