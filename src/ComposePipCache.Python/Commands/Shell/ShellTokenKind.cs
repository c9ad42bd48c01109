namespace ComposePipCache.Python.Commands.Shell;

/// <summary>What a token of shell text is.</summary>
internal enum ShellTokenKind
{
    Word,
    Operator,
    Redirect,
}
