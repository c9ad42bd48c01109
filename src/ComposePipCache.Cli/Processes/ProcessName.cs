using System.Runtime.CompilerServices;
using System.Text;

namespace ComposePipCache.Cli.Processes;

/// <summary>The name that this process was started by: argv[0], link and all.</summary>
internal static class ProcessName
{
    // Under the just-in-time runtime the first word is that of the library, so the kernel is asked instead.
    public static string Read() => RuntimeFeature.IsDynamicCodeSupported && OperatingSystem.IsLinux()
        ? Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[0]
        : Environment.GetCommandLineArgs()[0];
}
