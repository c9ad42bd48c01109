namespace ComposePipCache.Python.Commands.Shell;

/// <summary>A shell or a subshell: what is set inside is gone behind it.</summary>
internal sealed class ShellScope(ShellScope? parent)
{
    public ShellScope? Parent { get; } = parent;

    /// <summary>What is known at the place reached so far; null until the first command inside.</summary>
    public ShellState? State { get; set; }

    /// <summary>The state to start from: that of the nearest scope around that has one.</summary>
    public ShellState Enter(ShellState outermost)
    {
        var known = this;
        while (known is { State: null, Parent: not null })
        {
            known = known.Parent;
        }

        var state = known.State ??= outermost;
        for (var scope = this; scope is { State: null }; scope = scope.Parent)
        {
            scope.State = state;
        }

        return state;
    }
}
