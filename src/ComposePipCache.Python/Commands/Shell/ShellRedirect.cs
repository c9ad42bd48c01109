namespace ComposePipCache.Python.Commands.Shell;

/// <summary>A redirection such as <c>&gt; log</c>, or a here-document with its text.</summary>
internal sealed class ShellRedirect(string @operator, ShellWord? target)
{
    public string Operator { get; } = @operator;

    public ShellWord? Target { get; } = target;

    /// <summary>The lines of a here-document; null for all other redirections.</summary>
    public string? Body { get; set; }

    public bool IsHereDocument => Operator is "<<" or "<<-";
}
