using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Signals to processes and groups.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int NoSuchProcess = 3;

    /// <summary>Sends one; a negative id means the group. A process that has just ended is fine.</summary>
    public static void Send(int id, int signal)
    {
        if (KillProcess(id, signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int id, int signal);
}
