namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>A server sends us where we do not go.</summary>
internal sealed class RedirectException(string message) : Exception(message);
