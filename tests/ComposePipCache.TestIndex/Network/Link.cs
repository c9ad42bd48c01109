using System.Collections.Concurrent;
using ComposePipCache.TestIndex.Faults;

namespace ComposePipCache.TestIndex.Network;

/// <summary>The line that all connections share.</summary>
internal sealed class Link(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Rule, long Rate), RateLimit> _ruleRates = new();

    public Gate Gate { get; } = new();

    public RateLimit? Rate { get; private set; }

    public TimeSpan Latency { get; private set; }

    public void Set(LinkSettings settings)
    {
        Rate = settings.BytesPerSecond is { } rate ? new RateLimit(rate, time) : null;
        Latency = TimeSpan.FromMilliseconds(settings.LatencyMilliseconds ?? 0);
    }

    public Pacing PacingFor(FaultPlan plan)
    {
        var rate = plan is { ThrottleId: { } rule, Effect.BytesPerSecond: { } bytes }
            ? _ruleRates.GetOrAdd((rule, bytes), key => new RateLimit(key.Rate, time))
            : null;
        return new Pacing(this, rate, time);
    }
}
