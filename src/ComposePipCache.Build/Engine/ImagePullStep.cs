namespace ComposePipCache.Build.Engine;

/// <summary>What an engine tells of a pull.</summary>
/// <param name="Layer">The layer's short name; empty where it is about the image as a whole.</param>
/// <param name="Status">In the engine's words: <c>Downloading</c>.</param>
/// <param name="Current">Bytes so far; null where it does not tell.</param>
/// <param name="Total">Bytes in all; null where it does not tell.</param>
public sealed record ImagePullStep(string Layer, string Status, long? Current, long? Total);
