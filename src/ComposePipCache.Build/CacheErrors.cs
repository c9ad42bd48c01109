namespace ComposePipCache.Build;

/// <summary>Words every way our own folder can be unusable.</summary>
public static class CacheErrors
{
    public static PipCacheException Unusable(string path, Exception error) => new(
        new ErrorText(
            "cache-unusable",
            $"cannot write to the cache directory {path}",
            error is UnauthorizedAccessException ? "permission denied" : error.Message.TrimEnd('.'),
            "make it writable, or name another one with PIPCACHE_DIR"),
        error);
}
