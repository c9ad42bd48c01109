using System.Security.Cryptography;

namespace ComposePipCache.Build.Engine;

/// <summary>This machine towards BuildKit: part of the key under which the daemon keeps a build context.</summary>
public static class BuildxNode
{
    private const string FileName = ".buildNodeID";

    /// <summary>buildx's own id, so that both tools share one copy of a context; else one kept in our folder.</summary>
    /// <remarks>Never fails: without a readable id the context is transferred anew, and that is all.</remarks>
    public static string ReadId(
        DockerConfigDirectory directory, EnvironmentSnapshot environment, string fallbackFolder)
    {
        var buildx = environment["BUILDX_CONFIG"] is { } path
            ? environment.FullPath(path)
            : Path.Combine(directory.Path, "buildx");
        var fallback = Path.Combine(fallbackFolder, FileName);
        return TryRead(Path.Combine(buildx, FileName)) ?? TryReadLink(fallback) ?? Create(fallback);
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } id ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A link whose target is the id: made in one step, or not at all when another process was first.
    private static string Create(string path)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.CreateSymbolicLink(path, id);
            return id;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return TryReadLink(path) ?? id;
        }
    }

    private static string? TryReadLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is { Length: > 0 } id ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
