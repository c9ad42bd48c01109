using ComposePipCache.Build.Engine;

namespace ComposePipCache.Build.Fetch;

/// <summary>An image that the engine's store must hold for a build to find it without a registry.</summary>
/// <param name="Name">As a later build will ask for it.</param>
/// <param name="Platform">Null for the engine's own.</param>
internal sealed record WantedImage(ImageName Name, ImagePlatform? Platform)
{
    /// <summary>Whether builds do without it where it cannot be had.</summary>
    public bool IsOptional { get; init; }
}
