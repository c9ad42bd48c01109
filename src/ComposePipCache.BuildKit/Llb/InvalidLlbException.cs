namespace ComposePipCache.BuildKit.Llb;

/// <summary>A definition that is no graph.</summary>
public sealed class InvalidLlbException(string message, Exception? inner = null) : Exception(message, inner);
