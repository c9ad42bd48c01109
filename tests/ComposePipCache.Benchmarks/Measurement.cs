using System.Diagnostics;
using System.Globalization;

namespace ComposePipCache.Benchmarks;

/// <summary>Runs whole processes and keeps their wall time and peak memory.</summary>
internal static class Measurement
{
    /// <summary>One run; its output is read and dropped.</summary>
    public static async Task<Run> TimeAsync(ProcessStartInfo start, Stream? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var memory = WatchMemoryAsync(process);
        if (input is not null)
        {
            await input.CopyToAsync(process.StandardInput.BaseStream);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed;
        await output;
        return process.ExitCode == 0
            ? new Run(elapsed, await memory)
            : throw new InvalidOperationException($"{start.FileName} exited with {process.ExitCode}: {await errors}");
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The kernel's own high-water mark, looked at until the process is gone.</summary>
    private static async Task<long> WatchMemoryAsync(Process process)
    {
        long peak = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!process.HasExited && await timer.WaitForNextTickAsync())
        {
            peak = Math.Max(peak, ReadPeak(process.Id));
        }

        return peak;
    }

    private static long ReadPeak(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
