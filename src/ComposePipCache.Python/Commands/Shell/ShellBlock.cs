namespace ComposePipCache.Python.Commands.Shell;

/// <summary>What a script opens and closes again.</summary>
internal enum ShellBlock
{
    Subshell,
    Braces,
    Branch,
    Loop,
    Case,
}
