namespace ComposePipCache.Python.Commands.Shell;

/// <summary>One word of shell text, before expansion.</summary>
internal sealed class ShellWord(int start, int end, IReadOnlyList<WordPiece> pieces)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public IReadOnlyList<WordPiece> Pieces { get; } = pieces;

    /// <summary>True when the shell passes on exactly the characters that are written.</summary>
    public bool IsPlain =>
        Pieces is [{ Kind: WordPieceKind.Literal } only] && only.Text.Length == End - Start;

    /// <summary>The characters of a plain word; null for all others.</summary>
    public string? PlainText => IsPlain ? Pieces[0].Text : null;

    /// <summary>What stands inside the quotes when the whole word is one quotation that hides no character.</summary>
    /// <returns>False when characters of the source and of the quoted text do not match one to one.</returns>
    public bool TryGetQuotation(string source, out int start, out int length)
    {
        (start, length) = (Start + 1, End - Start - 2);
        if (length < 0 || source[Start] is not ('\'' or '"') || source[End - 1] != source[Start])
        {
            return false;
        }

        var inner = source.AsSpan(start, length);
        return !inner.Contains(source[Start]) && (source[Start] == '\'' || !inner.Contains('\\'));
    }
}
