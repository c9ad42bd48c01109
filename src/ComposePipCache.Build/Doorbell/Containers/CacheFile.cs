namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A file in a user's part of the cache mount; the path is relative to it.</summary>
public sealed record CacheFile(string Path, long Size);
