namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Puts files into a wheelhouse as a whole: written under a temporary name, flushed, renamed.</summary>
internal sealed class StoreWriter(StoreLayout layout) : IDisposable
{
    private const int Attempts = 3;

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private WorkFolder? _work;

    /// <summary>A file under a temporary name; whatever goes wrong while it is written is told in our words.</summary>
    /// <remarks>The temporary file is gone when the work fails, and a caller that succeeds moves it away.</remarks>
    public async Task<T> WithTemporaryAsync<T>(Func<FileStream, Task<T>> work, Func<long> needed)
    {
        string? path = null;
        try
        {
            path = Prepare();
            await using var stream = new FileStream(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            return await work(stream);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            Discard(path);
            throw WriteFailures.Explain(error, layout.Root, needed());
        }
        finally
        {
            Discard(path);
        }
    }

    /// <summary>Gives a complete file its final name, in place of one that may be there.</summary>
    public static void Publish(FileStream complete, string path)
    {
        complete.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows())
        {
            complete.Dispose();
        }

        Publish(complete.Name, path);
    }

    /// <summary>As <see cref="Publish(FileStream, string)"/>, without waiting for the disk.</summary>
    /// <remarks>For what may be lost with the power, and is checked when it is read.</remarks>
    public static void PublishLightly(FileStream complete, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            complete.Dispose();
        }

        Move(complete.Name, path);
    }

    /// <inheritdoc cref="Publish(FileStream, string)"/>
    public static void Publish(string complete, string path)
    {
        var folder = Move(complete, path);
        UnixCalls.FlushFolder(folder);
        UnixCalls.FlushFolder(Path.GetDirectoryName(folder)!);
    }

    private static string Move(string complete, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                File.Move(complete, path, overwrite: true);
                return folder;
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts && File.Exists(complete))
            {
                // Another process removed the last file of the folder, and the folder with it.
            }
        }
    }

    /// <summary>Makes a folder of the wheelhouse.</summary>
    public void CreateFolder(string path) => Try(() =>
    {
        CreateRoot();
        return Directory.CreateDirectory(path);
    });

    /// <summary>Does something to files and tells in our words when that fails.</summary>
    public T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw WriteFailures.Explain(error, layout.Root, needed: 0);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _work?.Dispose();
            _work = null;
        }
    }

    // Readable by its owner alone: packages may be private.
    private void CreateRoot()
    {
        if (Directory.Exists(layout.Root))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(layout.Root);
        }
        else
        {
            Directory.CreateDirectory(layout.Root, OwnerOnly);
        }
    }

    private string Prepare()
    {
        lock (_gate)
        {
            CreateRoot();
            _work ??= WorkFolder.Create(layout.Partial);
            return _work.NewPath();
        }
    }

    private static void Discard(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Swept later.
        }
    }
}
