namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>The script, or what connects us with it, is gone.</summary>
public sealed class RelayEndedException(Exception? inner = null)
    : IOException("the relay in the container ended", inner);
