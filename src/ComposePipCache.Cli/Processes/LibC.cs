using System.Runtime.InteropServices;

namespace ComposePipCache.Cli.Processes;

/// <summary>The few calls of the C library that .NET has no face for. None of them exists on Windows.</summary>
internal static partial class LibC
{
    public const int SigInterrupt = 2;
    public const int SigQuit = 3;
    public const int SigHangUp = 1;
    public const int SigKill = 9;
    public const int SigPipe = 13;
    public const int SigTerminate = 15;

    public const int SetParentDeathSignal = 1;
    public const int PidFdOpenNumber = 434;
    public const short PollIn = 1;
    public const int ErrorInterrupted = 4;

    private const int ReadWrite = 2;
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true)]
    internal static unsafe partial int Execute(byte* path, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "signal")]
    internal static partial nint SetSignalHandler(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);

    [LibraryImport(Library, EntryPoint = "getppid")]
    internal static partial int GetParentProcessId();

    [LibraryImport(Library, EntryPoint = "getpgrp")]
    internal static partial int GetProcessGroup();

    [LibraryImport(Library, EntryPoint = "tcgetpgrp", SetLastError = true)]
    internal static partial int GetForegroundProcessGroup(int descriptor);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nint argument);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static unsafe partial int Poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string from, string to);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>Whether the keys of a terminal send their signals to our process group.</summary>
    internal static bool IsInForeground()
    {
        var terminal = Open("/dev/tty", ReadWrite);
        if (terminal < 0)
        {
            return false;
        }

        var foreground = GetForegroundProcessGroup(terminal);
        _ = Close(terminal);
        return foreground == GetProcessGroup();
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
