namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>One state of the automaton a <see cref="LinearExpression"/> runs.</summary>
/// <param name="Kind">What the state does.</param>
/// <param name="Set">The characters that a <see cref="InstructionKind.Take"/> accepts.</param>
internal sealed record Instruction(InstructionKind Kind, RuneSet? Set = null)
{
    internal int Next { get; set; } = -1;

    /// <summary>The second way out of a <see cref="InstructionKind.Fork"/>.</summary>
    internal int Other { get; set; } = -1;
}
