using System.Diagnostics;
using System.Globalization;
using ComposePipCache.Build.Resolve.Relaying;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>The relay's script as a process on this machine.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    private readonly Process _process;
    private Relay? _relay;

    private ScriptProcess(Process process) => _process = process;

    public Relay Relay => _relay!;

    public Stream FromScript => _process.StandardOutput.BaseStream;

    public Stream ToScript => _process.StandardInput.BaseStream;

    /// <summary>The most memory that the script has used, in bytes.</summary>
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

    public static ScriptProcess Start() =>
        new(Process.Start(new ProcessStartInfo("python3", ["-IS", "-c", RelayScript.Text])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    public static async Task<ScriptProcess> StartAsync(CancellationToken cancellationToken)
    {
        var script = Start();
        script._relay = await Relay.StartAsync(script.FromScript, script.ToScript, cancellationToken);
        return script;
    }

    /// <summary>Waits until a process is no more, whoever started it.</summary>
    public static async Task EndOfAsync(string processId, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
