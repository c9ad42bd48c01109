using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>A folder of the user's to which files are added as a whole.</summary>
internal sealed class ExportFolder(string path)
{
    private const string TemporaryPrefix = ".pipcache-export-";

    public string Path { get; } = path;

    /// <summary>Makes the folder, and removes what a killed export left half done.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(Path);
        foreach (var leftover in Directory.EnumerateFiles(Path, TemporaryPrefix + "*"))
        {
            TrySweep(leftover);
        }
    }

    public string At(string fileName) => System.IO.Path.Combine(Path, fileName);

    /// <summary>A file that is gone afterwards unless the work gave it another name.</summary>
    public async Task<T> WithTemporaryAsync<T>(Func<FileStream, Task<T>> work)
    {
        var temporary = At($"{TemporaryPrefix}{Guid.NewGuid():N}");
        try
        {
            await using var stream = Open(temporary, FileMode.CreateNew);
            return await work(stream);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Gives a complete file its name; false where another process was faster.</summary>
    public static bool TryPublish(FileStream complete, string target)
    {
        try
        {
            complete.Flush(flushToDisk: true);
            File.Move(complete.Name, target, overwrite: false);
            return true;
        }
        catch (IOException) when (System.IO.Path.Exists(target))
        {
            return false;
        }
    }

    // Whoever writes it holds it alone, and lets go when it dies. Only Windows minds the renaming of an open file.
    private static FileStream Open(string name, FileMode mode) => new(
        name,
        mode,
        FileAccess.ReadWrite,
        OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
        bufferSize: 0);

    private static void TrySweep(string leftover)
    {
        try
        {
            using var free = Open(leftover, FileMode.Open);
            File.Delete(leftover);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Another export is writing it.
        }
    }
}
