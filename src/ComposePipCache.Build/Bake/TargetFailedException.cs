namespace ComposePipCache.Build.Bake;

/// <summary>A build failed; the inner exception says why.</summary>
/// <param name="target">The target's name when several were built, else null.</param>
/// <param name="inner">What happened.</param>
internal sealed class TargetFailedException(string? target, Exception inner) : Exception(inner.Message, inner)
{
    public string? Target { get; } = target;
}
