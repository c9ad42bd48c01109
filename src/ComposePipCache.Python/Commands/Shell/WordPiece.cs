namespace ComposePipCache.Python.Commands.Shell;

/// <summary>A stretch of a word that the shell treats in one way; only an expansion has its range.</summary>
internal readonly record struct WordPiece(WordPieceKind Kind, string Text, int Start, int Length, bool IsQuoted);
