using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>The circumstances a command is run in.</summary>
internal sealed record CommandContext
{
    public required ShellState State { get; init; }

    public required ScriptSource Source { get; init; }

    /// <summary>How many scripts lie around this one.</summary>
    public int Depth { get; init; }

    public bool IsConditional { get; init; }

    public string? ClearedBy { get; init; }

    public string? OtherUser { get; init; }

    /// <summary>True behind <c>xargs</c>: more words come from the input.</summary>
    public bool TakesInput { get; init; }

    /// <summary>True behind <c>find … -exec</c>.</summary>
    public bool IsFind { get; init; }

    /// <summary>The <c>conda run …</c> in front of the command.</summary>
    public string Wrapper { get; init; } = "";

    public TextSpan? Span { get; init; }

    /// <summary>The command as the script has it; null for a command that stands in no shell text.</summary>
    public SimpleCommand? Command { get; init; }
}
