namespace ComposePipCache.Build;

/// <summary>A failure the user can act on. Whatever else escapes is a bug of ours.</summary>
public class PipCacheException(ErrorText text, Exception? inner = null) : Exception(text.What, inner)
{
    /// <summary>Everything there is to show; <see cref="Exception.Message"/> is only its first part.</summary>
    public ErrorText Text { get; } = text;
}
