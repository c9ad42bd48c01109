using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>The user's docker folder once more, with us as the builder that compose finds first.</summary>
/// <remarks>
/// A folder of our own that is kept: config.json is a copy with one folder added, everything else leads to the
/// original. Several processes may refresh it at once; each step replaces one entry as a whole.
/// </remarks>
internal sealed class ConfigOverlay(string cacheDirectory, string executable)
{
    /// <summary>Brings the overlay of a folder up to date.</summary>
    /// <returns>Where it is: what <c>--config</c> is given.</returns>
    public string Refresh(DockerConfigDirectory source)
    {
        try
        {
            var name = StableName.Of($"{source.Path}\n{executable}");
            PrivateFiles.CreateDirectory(cacheDirectory);
            var overlay = PrivateFiles.CreateDirectory(
                Path.Combine(PrivateFiles.CreateDirectory(Path.Combine(cacheDirectory, "overlay")), name));
            var builder = PrivateFiles.CreateDirectory(
                Path.Combine(PrivateFiles.CreateDirectory(Path.Combine(cacheDirectory, "builder")), name));
            OverlayLinks.Point(Path.Combine(builder, ProcessRoles.BuilderFileName), executable);
            OverlayLinks.Mirror(source.Path, overlay);
            PrivateFiles.WriteWhenDifferent(
                Path.Combine(overlay, OverlayLinks.ConfigFile),
                OverlayConfig.Build(source.ReadUsableConfigFile().Raw, builder));
            return overlay;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.Unusable(cacheDirectory, error);
        }
    }
}
