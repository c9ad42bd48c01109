namespace ComposePipCache.Build.Bake;

/// <summary>A build failed; the inner exception says why.</summary>
/// <param name="target">The target's name when several were built, else null.</param>
/// <param name="inner">What happened.</param>
/// <param name="advice">Whole lines for the user to follow the daemon's message, or null.</param>
internal sealed class TargetFailedException(string? target, Exception inner, string? advice = null)
    : Exception(inner.Message, inner)
{
    public string? Target { get; } = target;

    public string? Advice { get; } = advice;
}
