namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>How many bytes the other side still takes; one sender waits for more.</summary>
internal sealed class SendCredit(int window)
{
    private readonly Lock _lock = new();
    private long _left = window;
    private Exception? _end;
    private TaskCompletionSource _more = NewSignal();

    public void Add(long bytes)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _left += bytes;
            more = _more;
        }

        more.TrySetResult();
    }

    /// <summary>Whoever sends, or wants to, gets this instead.</summary>
    public void Fail(Exception end)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _end ??= end;
            more = _more;
        }

        more.TrySetResult();
    }

    /// <summary>Takes from 1 to <paramref name="most"/> bytes, as soon as there are any.</summary>
    public async ValueTask<int> TakeAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_end is not null)
                {
                    throw new IOException(_end.Message, _end);
                }

                if (_left > 0)
                {
                    var taken = (int)Math.Min(most, _left);
                    _left -= taken;
                    return taken;
                }

                _more = NewSignal();
                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
