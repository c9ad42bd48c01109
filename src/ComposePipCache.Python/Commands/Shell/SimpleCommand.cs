namespace ComposePipCache.Python.Commands.Shell;

/// <summary>Words between two operators, and where in the script's structure they stand.</summary>
internal sealed class SimpleCommand(ShellScope scope)
{
    public ShellScope Scope { get; } = scope;

    public List<ShellWord> Words { get; } = [];

    public List<ShellRedirect> Redirects { get; } = [];

    /// <summary>True in a branch, a loop or a function, and behind <c>||</c>.</summary>
    public bool IsConditional { get; set; }

    /// <summary>What writes into this command's input.</summary>
    public SimpleCommand? PipedFrom { get; set; }
}
