namespace ComposePipCache.Python.Index;

/// <summary>The circumstances of the command that is read ahead for.</summary>
/// <param name="Rules">Interpreter and options.</param>
/// <param name="Indexes">All indexes in pip's order; each is asked for each project.</param>
public sealed record ReadAheadContext(CandidateRules Rules, IReadOnlyList<Uri> Indexes)
{
    /// <summary>The pages of <c>--find-links</c>.</summary>
    public IReadOnlyList<Uri> LinkPages { get; init; } = [];

    /// <summary><c>--no-deps</c>: what the files require is left alone.</summary>
    public bool IsNoDeps { get; init; }

    /// <summary>How many projects are asked for at most.</summary>
    public int ProjectLimit { get; init; } = 400;
}
