using System.Diagnostics;
using System.Globalization;
using ComposePipCache.Build.Resolve.Relaying;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>The relay's script as a process on this machine.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ScriptProcess(Process process, Relay relay)
    {
        _process = process;
        Relay = relay;
    }

    public Relay Relay { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Pages of memory that the script has used at most, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status")
                .First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            var number = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return 1024 * long.Parse(number, CultureInfo.InvariantCulture);
        }
    }

    public static async Task<ScriptProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("python3", ["-IS", "-c", RelayScript.Text])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var relay = await Relay.StartAsync(
            process.StandardOutput.BaseStream, process.StandardInput.BaseStream, cancellationToken);
        return new ScriptProcess(process, relay);
    }

    public void Kill() => _process.Kill();

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
