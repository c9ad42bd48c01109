using System.Globalization;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>A folder of one process for files that are not complete yet.</summary>
/// <remarks>
/// A lock on a file in it tells that its owner is alive: it ends with the process, however that ends, and unlike a
/// process id it means the same in every container. Files are renamed out of the folder, so it is on none of them.
/// </remarks>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "work-";
    private const string OwnerFile = "owner";
    private const int Attempts = 10;

    private readonly FileStream _owner;
    private int _files;

    private WorkFolder(string path, FileStream owner)
    {
        Path = path;
        _owner = owner;
    }

    public string Path { get; }

    public static WorkFolder Create(string partial)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = System.IO.Path.Combine(partial, $"{Prefix}{Guid.NewGuid():N}");
            Directory.CreateDirectory(path);
            try
            {
                var owner = OpenOwner(path, FileMode.CreateNew);
                if (File.Exists(owner.Name))
                {
                    return new WorkFolder(path, owner);
                }

                owner.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // As below, or the disk is full and the last attempt says so.
            }

            // A sweep came between the making of the folder and its lock.
        }
    }

    /// <summary>Removes what dead processes left; what living ones work on stays.</summary>
    public static void Sweep(string partial)
    {
        if (!Directory.Exists(partial))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(partial, Prefix + "*"))
        {
            TrySweep(folder);
        }
    }

    /// <summary>A name that nobody else uses.</summary>
    public string NewPath() => System.IO.Path.Combine(
        Path, Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _owner.Dispose();
        TryDelete(Path);
    }

    private static void TrySweep(string folder)
    {
        try
        {
            using var owner = OpenOwner(folder, FileMode.OpenOrCreate);
            if (OperatingSystem.IsWindows())
            {
                owner.Dispose();
            }

            TryDelete(folder);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Its owner lives, or another process sweeps it.
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // The next sweep tries again.
        }
    }

    private static FileStream OpenOwner(string folder, FileMode mode) => new(
        System.IO.Path.Combine(folder, OwnerFile), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
