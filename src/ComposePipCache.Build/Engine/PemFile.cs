namespace ComposePipCache.Build.Engine;

/// <summary>Reads the PEM files docker keeps.</summary>
internal static class PemFile
{
    /// <summary>A file that need not exist. An empty one counts as absent: compose writes such files.</summary>
    public static string? TryRead(string path) => File.Exists(path) ? Read(path) : null;

    /// <summary>The text of a file that must exist; null when it is empty.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path) is { Length: > 0 } text ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PipCacheException(EngineErrors.UnreadablePem(path, error), error);
        }
    }
}
