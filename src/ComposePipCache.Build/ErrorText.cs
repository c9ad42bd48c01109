namespace ComposePipCache.Build;

/// <summary>The three parts of a message a user can act on, and the stable code that documentation links to.</summary>
/// <param name="Code">Never changes once released.</param>
/// <param name="What">What happened, with the user's own name for the thing.</param>
/// <param name="Why">The cause as far as it is known.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ErrorText(string Code, string What, string? Why = null, string? Hint = null);
