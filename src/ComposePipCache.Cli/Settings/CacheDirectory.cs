using ComposePipCache.Build;

namespace ComposePipCache.Cli.Settings;

/// <summary>Where everything we keep on the host is kept; never inside a project.</summary>
internal static class CacheDirectory
{
    private const string Name = "docker-pipcache";

    /// <summary>PIPCACHE_DIR, then the user's cache home.</summary>
    public static string Locate(EnvironmentSnapshot environment)
    {
        if (environment["PIPCACHE_DIR"] is { } own)
        {
            return environment.FullPath(own);
        }

        if (OperatingSystem.IsWindows() && environment["LOCALAPPDATA"] is { } local)
        {
            return Path.Combine(local, Name);
        }

        // A relative XDG_CACHE_HOME is to be ignored, the specification says.
        return environment["XDG_CACHE_HOME"] is { } cache && Path.IsPathFullyQualified(cache)
            ? Path.Combine(cache, Name)
            : Path.Combine(environment.HomeDirectory, ".cache", Name);
    }
}
