using System.Collections.Concurrent;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

/// <summary>A time in which short waits are over at once and long ones never.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    /// <summary>The waits that were over at once.</summary>
    public IEnumerable<double> PausesInSeconds => _pauses.Select(pause => pause.TotalSeconds);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(HurriedTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero && dueTime < Long)
            {
                time._pauses.Enqueue(dueTime);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
