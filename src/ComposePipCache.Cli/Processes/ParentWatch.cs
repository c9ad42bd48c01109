using System.Runtime.InteropServices;

namespace ComposePipCache.Cli.Processes;

/// <summary>Tells when the process that started us is gone, even by a kill that it could not pass on.</summary>
internal static class ParentWatch
{
    /// <summary>Calls back once, from a thread of its own, when the parent of this moment has ended.</summary>
    public static void Start(Action onExit)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var parent = LibC.GetParentProcessId();
        var descriptor = OperatingSystem.IsLinux() ? (int)LibC.SystemCall(LibC.PidFdOpenNumber, parent, 0) : -1;
        if (LibC.GetParentProcessId() != parent)
        {
            onExit(); // gone between the two calls: the descriptor may be somebody else's
            return;
        }

        var watch = new Thread(() =>
        {
            if (descriptor < 0 || !TryWaitForExit(descriptor))
            {
                WaitForAdoption(parent);
            }

            onExit();
        });
        (watch.IsBackground, watch.Name) = (true, "parent watch");
        watch.Start();
    }

    private static unsafe bool TryWaitForExit(int descriptor)
    {
        var entry = new LibC.PollEntry { Descriptor = descriptor, Events = LibC.PollIn };
        int result;
        do
        {
            result = LibC.Poll(&entry, 1, -1);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorInterrupted);

        return result > 0;
    }

    // Kernels before 5.3 and other systems: an orphan gets another parent.
    private static void WaitForAdoption(int parent)
    {
        using var never = new ManualResetEventSlim();
        while (LibC.GetParentProcessId() == parent)
        {
            never.Wait(TimeSpan.FromMilliseconds(250));
        }
    }
}
