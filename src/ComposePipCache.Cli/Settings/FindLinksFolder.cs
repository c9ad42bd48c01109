using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>A folder of wheels that the user named.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Given">As it was written.</param>
internal readonly record struct FindLinksFolder(string Path, SettingValue Given)
{
    /// <summary>Refuses what nothing can be read from, while compose has not started anything yet.</summary>
    public void Require()
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(Path).GetEnumerator();
            _ = entries.MoveNext();
        }
        catch (DirectoryNotFoundException error)
        {
            throw new PipCacheException(
                File.Exists(Path)
                    ? CliErrors.FolderIsFile(Given.Source, Path, Given.Place.File)
                    : CliErrors.FolderMissing(Given.Source, Path, Given.Place.File),
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = error is UnauthorizedAccessException ? "permission denied" : error.Message.TrimEnd('.');
            throw new PipCacheException(CliErrors.FolderUnreadable(Given.Source, Path, reason), error);
        }
    }
}
