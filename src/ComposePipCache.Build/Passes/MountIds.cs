namespace ComposePipCache.Build.Passes;

/// <summary>The ids of a step's two cache mounts on the daemon.</summary>
/// <param name="Wheels">Files by hash, and views of them.</param>
/// <param name="Cache">The caches and logs of the tools themselves.</param>
internal readonly record struct MountIds(string Wheels, string Cache);
