namespace ComposePipCache.Wheelhouse.Errors;

/// <summary>A failure of the wheelhouse that the user can act on. Whatever else escapes is a bug of ours.</summary>
public class WheelhouseException(WheelhouseProblem problem, Exception? inner = null) : Exception(problem.What, inner)
{
    /// <summary>Everything there is to show; <see cref="Exception.Message"/> is only its first part.</summary>
    public WheelhouseProblem Problem { get; } = problem;
}
