using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>The few calls of the C library that .NET has no face for.</summary>
internal static partial class UnixCalls
{
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMac = 0x1000000;
    private const nuint CloneRequest = 0x40049409;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7FF;

    /// <summary>Makes the names in a folder survive a power cut; where that cannot be done it is not needed.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(path, OperatingSystem.IsMacOS() ? CloseOnExecMac : CloseOnExecLinux);
        if (folder >= 0)
        {
            _ = Flush(folder);
            _ = Close(folder);
        }
    }

    /// <summary>Lets two files share their blocks until one of them is written to (btrfs, XFS).</summary>
    public static bool TryClone(SafeFileHandle source, SafeFileHandle target) =>
        OperatingSystem.IsLinux() && Control(target, CloneRequest, source) == 0;

    /// <summary>Examines what a path leads to (Linux alone).</summary>
    public static bool TryExamine(string path, out LinuxStat stat) =>
        ExtendedStat(CurrentFolder, path, flags: 0, BasicStats, out stat) == 0;

    /// <inheritdoc cref="TryExamine(string, out LinuxStat)"/>
    public static bool TryExamine(SafeFileHandle file, out LinuxStat stat) =>
        ExtendedStat(file, "", EmptyPath, BasicStats, out stat) == 0;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExtendedStat(SafeFileHandle file, string path, int flags, uint mask, out LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExtendedStat(int folder, string path, int flags, uint mask, out LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle target, nuint request, SafeFileHandle source);
}
