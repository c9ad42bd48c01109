namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A step's mounts could not be filled or read; the step itself can still run without them.</summary>
public sealed class SeedException(SeedFailure failure, ErrorText text, Exception? inner = null)
    : PipCacheException(text, inner)
{
    /// <summary>What kind of failure, for those who go on without.</summary>
    public SeedFailure Failure { get; } = failure;
}
