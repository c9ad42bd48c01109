using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Exports;

/// <summary>This machine's own pip, without its settings and without a network.</summary>
internal static class RealPip
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    /// <summary>Installs into a folder, or skips the test where there is no pip.</summary>
    public static async Task<(int ExitCode, string Output)> InstallAsync(
        string findLinks, string target, params string[] requirements)
    {
        foreach (var python in Pythons)
        {
            if (await TryRunAsync(python, "--version") is (0, _))
            {
                string[] install = ["install", "--no-cache-dir", "--disable-pip-version-check", "--no-index"];
                return (await TryRunAsync(
                    python, [.. install, "--find-links", findLinks, "--target", target, .. requirements]))!.Value;
            }
        }

        Assert.Skip("no python3 with pip on this machine");
        return default;
    }

    private static async Task<(int ExitCode, string Output)?> TryRunAsync(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-m", "pip", "--isolated", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfPip).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(StoreHome.Token);
            var output = await process.StandardOutput.ReadToEndAsync(StoreHome.Token);
            await process.WaitForExitAsync(StoreHome.Token);
            return (process.ExitCode, output + await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static bool IsOfPip(string name) => name.StartsWith("PIP_", StringComparison.Ordinal);
}
