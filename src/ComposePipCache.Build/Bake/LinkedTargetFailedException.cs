namespace ComposePipCache.Build.Bake;

/// <summary>A target that serves as a context could not be built; its own failure is told elsewhere.</summary>
internal sealed class LinkedTargetFailedException : Exception;
