using System.Buffers;
using System.Text;

namespace ComposePipCache.Python.Commands.Shell;

/// <summary>Turns written words into the words a command sees, as far as the values are known.</summary>
internal sealed class WordExpander
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n;&|<>()$`'\"\\-");

    // values may be used again and again: a bound for all expansions of a step keeps the time linear
    private int _budget = 1 << 20;

    public List<CommandWord> Expand(IEnumerable<ShellWord> words, ScriptSource source, ShellState state)
    {
        var expanded = new List<CommandWord>();
        foreach (var word in words)
        {
            Expand(word, source, state, expanded);
        }

        return expanded;
    }

    /// <summary>Expands a word that is not split, such as the target of a redirection.</summary>
    public CommandWord ExpandWhole(ShellWord word, ScriptSource source, ShellState state)
    {
        var parts = new List<CommandWord>();
        Expand(word, source, state, parts);
        return new CommandWord(string.Join(' ', parts.Select(part => part.Text)))
        {
            IsDynamic = parts.Any(part => part.IsDynamic),
            Source = word,
        };
    }

    private void Expand(ShellWord word, ScriptSource source, ShellState state, List<CommandWord> into)
    {
        if (word.PlainText is { } plain)
        {
            into.Add(new CommandWord(plain) { Span = source.Span(word.Start, word.End), Source = word });
            return;
        }

        var text = new StringBuilder();
        var isAssignment = word.Pieces is [{ Kind: WordPieceKind.Literal } first, ..] && IsAssignment(first.Text);
        var (hasText, isDynamic) = (false, false);
        foreach (var piece in word.Pieces)
        {
            var value = ValueOf(piece, source, state);
            isDynamic |= value is null;
            if (value is null || piece.Kind < WordPieceKind.Parameter || piece.IsQuoted || isAssignment)
            {
                text.Append(value ?? AsWritten(piece, source));
                hasText |= value is not "" || piece.IsQuoted;
                continue;
            }

            Split(value, text, ref hasText, ref isDynamic, word, into);
        }

        if (hasText)
        {
            into.Add(new CommandWord(text.ToString()) { IsDynamic = isDynamic, Source = word });
        }
    }

    private static void Split(
        string value, StringBuilder text, ref bool hasText, ref bool isDynamic, ShellWord word, List<CommandWord> into)
    {
        foreach (var character in value)
        {
            if (character is not (' ' or '\t' or '\n'))
            {
                text.Append(character);
                hasText = true;
            }
            else if (hasText)
            {
                into.Add(new CommandWord(text.ToString()) { IsDynamic = isDynamic, Source = word });
                text.Clear();
                (hasText, isDynamic) = (false, false);
            }
        }
    }

    private static bool IsAssignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && ShellState.IsName(text.AsSpan(0, equals));
    }

    private string? ValueOf(in WordPiece piece, ScriptSource source, ShellState state)
    {
        var value = piece.Kind switch
        {
            WordPieceKind.Parameter => Parameter(piece.Text, state),
            WordPieceKind.Substitution => ProgramLookup(source.Text.AsSpan(piece.Start, piece.Length)),
            _ => piece.Text,
        };
        if (piece.Kind != WordPieceKind.Parameter || value is null)
        {
            return value;
        }

        _budget -= Math.Min(_budget, value.Length + 1);
        return _budget > 0 ? value : null;
    }

    private static string? Parameter(string text, ShellState state)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var value = state.Lookup(text[..end]);
        var operation = text.AsSpan(end);
        if (operation.IsEmpty || value is null)
        {
            return value;
        }

        var isColon = operation[0] == ':';
        operation = isColon ? operation[1..] : operation;
        if (operation.IsEmpty || operation[0] is not ('-' or '=' or '+') || operation[1..].IndexOfAny("$`\"'\\") >= 0)
        {
            return null;
        }

        var isSet = isColon ? value.Length > 0 : state.Variables.ContainsKey(text[..end]);
        var word = operation[1..].ToString();
        return operation[0] == '+' ? isSet ? word : "" : isSet ? value : word;
    }

    /// <summary><c>$(which pip)</c> is as good as <c>pip</c>.</summary>
    private static string? ProgramLookup(ReadOnlySpan<char> command)
    {
        command = command.Trim();
        var name = command.StartsWith("which ") ? command[6..].Trim()
            : command.StartsWith("command -v ") ? command[11..].Trim()
            : default;
        return !name.IsEmpty && name.IndexOfAny(Special) < 0 ? name.ToString() : null;
    }

    private static string AsWritten(in WordPiece piece, ScriptSource source) => piece.Kind == WordPieceKind.Parameter
        ? $"${{{piece.Text}}}"
        : $"$({source.Text.Substring(piece.Start, piece.Length)})";
}
