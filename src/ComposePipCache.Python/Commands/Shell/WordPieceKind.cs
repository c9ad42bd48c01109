namespace ComposePipCache.Python.Commands.Shell;

/// <summary>What the shell does with a piece of a word.</summary>
internal enum WordPieceKind
{
    /// <summary>Plain characters, outside quotes.</summary>
    Literal,

    /// <summary>Characters that a quote or a backslash protects.</summary>
    Quoted,

    /// <summary><c>$NAME</c> and <c>${…}</c>: the piece's text is what stands between the braces.</summary>
    Parameter,

    /// <summary><c>$(…)</c>, <c>`…`</c> and <c>&lt;(…)</c>: the piece's range is the command inside.</summary>
    Substitution,
}
