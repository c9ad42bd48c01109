using System.Runtime.InteropServices;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>
/// The C library of Linux, as far as .NET has no counterpart that is exact. Paths are bytes with a zero at the end.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    internal const int NoEntry = 2;
    internal const int NotAFolder = 20;
    internal const int OutOfRange = 34;
    internal const int NotSupported = 95;
    internal const int CloseOnExec = 0x80000;

    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;

    internal static bool IsPermission(int error) => error is 1 or 13;

    internal static bool IsGone(int error) => error is NoEntry or NotAFolder;

    /// <summary>Examines a path without following a link at its end.</summary>
    internal static int Examine(byte* path, out LinuxStat stat)
    {
        const uint basicStats = 0x7FF;
        fixed (LinuxStat* buffer = &stat)
        {
            return ExtendedStat(CurrentFolder, path, DoNotFollow, basicStats, buffer);
        }
    }

    /// <summary>Sets both times of a path without following a link at its end.</summary>
    internal static int SetTime(byte* path, long seconds, long nanoseconds)
    {
        var times = stackalloc long[] { seconds, nanoseconds, seconds, nanoseconds };
        return SetTimes(CurrentFolder, path, times, DoNotFollow);
    }

    /// <summary>Packs the numbers of a device as the C library does.</summary>
    internal static ulong MakeDevice(uint major, uint minor) =>
        ((ulong)(major & 0xFFFFF000) << 32) | ((major & 0xFFF) << 8)
        | ((ulong)(minor & 0xFFFFFF00) << 12) | (minor & 0xFF);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    internal static partial int MakeLink(byte* existing, byte* path);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true)]
    internal static partial int MakeNode(byte* path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true)]
    internal static partial int SetAttribute(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true)]
    internal static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    internal static partial LinuxFolderEntry* ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    internal static partial int CloseFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    internal static partial nint ReadLink(byte* path, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true)]
    internal static partial nint ListAttributes(byte* path, byte* names, nuint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true)]
    internal static partial nint GetAttribute(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    private static partial int SetTimes(int folder, byte* path, long* times, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int ExtendedStat(int folder, byte* path, int flags, uint mask, LinuxStat* buffer);
}
