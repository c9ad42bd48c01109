using ComposePipCache.Build;

namespace ComposePipCache.Cli.Settings;

/// <summary>Carries what the builder has to say to the user where compose shows no progress.</summary>
/// <remarks>Compose drops its builder's output in quiet mode; we print it when compose is done.</remarks>
internal sealed class AnnouncementsFile : IDisposable
{
    public const string Variable = "PIPCACHE_ANNOUNCEMENTS";

    /// <summary>Set where compose takes its builder's progress and shows none of it.</summary>
    public const string OnlyVariable = "PIPCACHE_ANNOUNCEMENTS_ONLY";

    /// <summary>Where the builder tells the command that fetches what it got, in a form of its own.</summary>
    public const string FetchVariable = "PIPCACHE_FETCH_REPORT";

    private AnnouncementsFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Reserves a name; the builder makes the file when it has something to say.</summary>
    public static AnnouncementsFile Reserve(string cacheDirectory)
    {
        var directory = System.IO.Path.Combine(cacheDirectory, "announcements");
        try
        {
            PrivateFiles.CreateDirectory(cacheDirectory); // by itself: what is in its way is told best of it
            PrivateFiles.CreateDirectory(directory);
            Sweep(directory);
            return new AnnouncementsFile(PrivateFiles.TemporaryName(
                System.IO.Path.Combine(directory, Guid.NewGuid().ToString("N"))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.Unusable(cacheDirectory, error);
        }
    }

    /// <summary>Everything the builder left, or nothing.</summary>
    public string Read()
    {
        try
        {
            return File.Exists(Path) ? File.ReadAllText(Path) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Left for another start to sweep.
        }
    }

    // Those of processes that were killed.
    private static void Sweep(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory).Where(PrivateFiles.IsLeftover))
        {
            File.Delete(file);
        }
    }
}
