using System.Text;

namespace ComposePipCache.Cli.Processes;

/// <summary>The name that this process was started by: argv[0], link and all.</summary>
internal static class ProcessName
{
    /// <remarks>
    /// Before native compilation the first word is that of the library, so the kernel is asked instead.
    /// </remarks>
    public static string Read()
    {
        var name = Environment.GetCommandLineArgs()[0];
        return name.EndsWith(".dll", StringComparison.Ordinal) && OperatingSystem.IsLinux()
            ? Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[0]
            : name;
    }
}
