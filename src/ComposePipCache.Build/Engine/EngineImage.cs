namespace ComposePipCache.Build.Engine;

/// <summary>An image in the engine's store.</summary>
/// <param name="Id">The config's digest, or the manifest's with the containerd store.</param>
/// <param name="Tags">Every name with a tag, normalised by the engine.</param>
/// <param name="Digests">Names with a digest, for images that came from a registry.</param>
public sealed record EngineImage(string Id, IReadOnlyList<string> Tags, IReadOnlyList<string> Digests)
{
    /// <summary>Null where the engine does not tell.</summary>
    public ImagePlatform? Platform { get; init; }
}
