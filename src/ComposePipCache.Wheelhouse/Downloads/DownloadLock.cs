using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Lets one process at a time add to a part; a process that dies lets go.</summary>
internal sealed class DownloadLock : IDisposable
{
    private readonly FileStream _file;

    private DownloadLock(FileStream file) => _file = file;

    /// <summary>Null while somebody else holds it.</summary>
    public static DownloadLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (IsTaken(error))
        {
            return null;
        }

        if (IsStillAt(path, file))
        {
            return new DownloadLock(file);
        }

        // Whoever held it before removed the file between our opening and our locking.
        file.Dispose();
        return null;
    }

    /// <summary>Lets go, and leaves no file behind where that is safe.</summary>
    public void Dispose()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.Delete(_file.Name);
            }
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // A free lock stays; it is empty and harmless.
        }
        finally
        {
            _file.Dispose();
        }
    }

    private static bool IsStillAt(string path, FileStream file) =>
        !OperatingSystem.IsLinux()
        || (UnixCalls.TryExamine(path, out var there)
            && UnixCalls.TryExamine(file.SafeFileHandle, out var here)
            && there.Inode == here.Inode);

    // EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
