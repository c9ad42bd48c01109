using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Tells what a failed write means for the user.</summary>
internal static class WriteFailures
{
    // ENOSPC; EDQUOT of Linux and of macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] FullCodes = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool IsFailure(Exception error) => error is IOException or UnauthorizedAccessException;

    public static WheelhouseException Explain(Exception error, string root, long needed) =>
        error is IOException && FullCodes.Contains(error.HResult)
            ? new DiskFullException(root, needed, FreeBytes(root), error)
            : new WheelhouseException(WheelhouseErrors.NotWritable(root, error.Message), error);

    private static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
