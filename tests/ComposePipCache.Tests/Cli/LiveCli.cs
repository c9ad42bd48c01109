using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace ComposePipCache.Tests.Cli;

/// <summary>Our real executable, with a shell script in place of compose and of buildx.</summary>
internal sealed partial class LiveCli : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<Process> _processes = [];

    public LiveCli()
    {
        Directory.CreateDirectory(_folder.At("bin"));
        File.CreateSymbolicLink(_folder.At("bin", "docker-pipcache"), Executable);
        File.CreateSymbolicLink(_folder.At("bin", "docker-buildx"), Executable);
    }

    /// <summary>PIPCACHE_BINARY names another build of it, the published one for instance.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("PIPCACHE_BINARY")
        ?? Path.Combine(AppContext.BaseDirectory, "docker-pipcache");

    public TempFolder Folder => _folder;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public void Compose(string body) => _folder.WriteScript(
        "docker/cli-plugins/docker-compose",
        $$"""
        [ "$1" = docker-cli-plugin-metadata ] && { echo '{"SchemaVersion":"0.1.0","Version":"v2.40.3"}'; exit; }
        {{body}}
        """);

    public void Buildx(string body) => _folder.WriteScript("docker/cli-plugins/docker-buildx", body);

    public string Program(string name) => _folder.At("bin", name);

    public Process Start(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.StartsWith("DOCKER", StringComparison.Ordinal)
                || name.StartsWith("PIPCACHE", StringComparison.Ordinal))
            {
                info.Environment.Remove(name);
            }
        }

        info.Environment["DOCKER_CONFIG"] = _folder.At("docker");
        info.Environment["XDG_CONFIG_HOME"] = _folder.At("config");
        info.Environment["PIPCACHE_DIR"] = _folder.At("cache");
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info)!;
        _processes.Add(process);
        return process;
    }

    public async Task<Finished> RunAsync(string program, string[] arguments, string input = "")
    {
        var process = Start(Program(program), arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await FinishAsync(process, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until nobody holds the output streams any more: then not a single descendant is left.</summary>
    public static async Task<Finished> FinishAsync(Process process, CancellationToken token)
    {
        var error = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token);
        var text = await error;
        await process.WaitForExitAsync(token);
        return new Finished(process.ExitCode, output, text);
    }

    public static void Signal(Process process, int signal) => _ = Kill(process.Id, signal);

    /// <summary>A process that ignores SIGINT hands that on, to a shell that then cannot undo it.</summary>
    public static bool IgnoresInterrupts()
    {
        var mask = File.ReadLines("/proc/self/status").First(
            line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToUInt64(mask[7..].Trim(), 16) & 2) != 0;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            process.Dispose();
        }

        _folder.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    internal sealed record Finished(int ExitCode, string Output, string Error);
}
