using System.Diagnostics;
using ComposePipCache.StoreWorker;

namespace ComposePipCache.Tests.Wheelhouse;

/// <summary>Another process on a wheelhouse; it is killed when the test is over.</summary>
internal sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    private StoreProcess(Process process) => _process = process;

    public static StoreProcess Start(params string[] arguments) => StartWith([], arguments);

    /// <summary>Behind another program that takes something away from it.</summary>
    public static StoreProcess StartWith(string[] prefix, params string[] arguments)
    {
        string[] command = [.. prefix, Environment.ProcessPath is { } path && IsDotnet(path) ? path : "dotnet"];
        var info = new ProcessStartInfo(command[0], [.. command[1..], AssemblyMarker.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A killed runtime leaves the sockets of its diagnostics behind.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new StoreProcess(Process.Start(info)!);
    }

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(StoreHome.Token).AsTask();

    /// <summary>All it still says, to its end.</summary>
    public async Task<string[]> FinishAsync()
    {
        var error = _process.StandardError.ReadToEndAsync(StoreHome.Token);
        var text = await _process.StandardOutput.ReadToEndAsync(StoreHome.Token);
        await _process.WaitForExitAsync(StoreHome.Token);
        return [.. $"{text}{await error}".Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
