using System.Globalization;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>Makes the line to the bed's index slow, until it is disposed of.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private readonly HttpClient _control;

    private SlowLine(HttpClient control) => _control = control;

    public static async Task<SlowLine> StartAsync(long? bytesPerSecond, int latencyMilliseconds)
    {
        var control = new HttpClient { BaseAddress = new Uri(await BedScript.PathAsync("control")) };
        var line = new SlowLine(control);
        await line.SetAsync(bytesPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "null", latencyMilliseconds);
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await SetAsync("null", 0);
        _control.Dispose();
    }

    private async Task SetAsync(string bytesPerSecond, int latencyMilliseconds)
    {
        var latency = latencyMilliseconds == 0 ? "null" : latencyMilliseconds.ToString(CultureInfo.InvariantCulture);
        using var content = new StringContent(
            $$"""{"bytesPerSecond": {{bytesPerSecond}}, "latencyMilliseconds": {{latency}}}""");
        using var response = await _control.PostAsync("link", content);
        response.EnsureSuccessStatusCode();
    }
}
