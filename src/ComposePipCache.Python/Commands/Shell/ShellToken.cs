namespace ComposePipCache.Python.Commands.Shell;

/// <summary>A word, a redirection or an operator; the end of a line is the operator <c>\n</c>.</summary>
internal readonly record struct ShellToken(
    ShellTokenKind Kind, int Start, string Operator = "", ShellWord? Word = null, ShellRedirect? Redirect = null);
