namespace ComposePipCache.Build.Engine;

/// <summary>Keeps the end of what a process says on standard error.</summary>
internal sealed class ErrorTextKeeper : IAsyncDisposable
{
    private const int KeptLength = 2048;

    // What a process leaves in the background (ssh's ControlPersist, an agent) can hold the stream open after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private string _kept = "";

    public ErrorTextKeeper(StreamReader reader) => _reading = ReadLinesAsync(reader, _stop.Token);

    /// <summary>What was said, for a process that has ended.</summary>
    public async Task<string> ReadAsync()
    {
        await Task.WhenAny(_reading, Task.Delay(Patience, _stop.Token));
        return Volatile.Read(ref _kept);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadLinesAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var kept = _kept.Length == 0 ? line.Trim() : $"{_kept}; {line.Trim()}";
                Volatile.Write(ref _kept, kept.Length > KeptLength ? kept[^KeptLength..] : kept);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The stream was disposed; what was read is what there is.
        }
    }
}
