namespace ComposePipCache.TestIndex.Network;

/// <summary>Stops all transmissions while it is closed.</summary>
internal sealed class Gate
{
    private TaskCompletionSource? _opening;

    public void Close() => Interlocked.CompareExchange(
        ref _opening, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Open() => Interlocked.Exchange(ref _opening, null)?.TrySetResult();

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _opening) is { } opening)
        {
            await opening.Task.WaitAsync(cancellationToken);
        }
    }
}
