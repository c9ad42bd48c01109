namespace ComposePipCache.Build.Engine;

/// <summary>How an engine keeps its images.</summary>
/// <param name="Id">Stays the same over restarts.</param>
/// <param name="StorageDriver">Such as <c>overlay2</c>, or a snapshotter's name.</param>
public sealed record EngineInfo(string Id, string StorageDriver)
{
    /// <summary>Whether images live in containerd, so that their id is a manifest's digest.</summary>
    public bool IsContainerdStore { get; init; }
}
