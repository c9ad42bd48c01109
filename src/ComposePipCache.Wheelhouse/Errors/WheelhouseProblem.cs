namespace ComposePipCache.Wheelhouse.Errors;

/// <summary>The three parts of a message about the wheelhouse, and the code that documentation links to.</summary>
/// <param name="Code">Never changes once released.</param>
/// <param name="What">What happened, with the file's or folder's own name.</param>
/// <param name="Why">The cause as far as it is known.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record WheelhouseProblem(string Code, string What, string? Why = null, string? Hint = null);
