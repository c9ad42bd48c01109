using System.Globalization;

namespace ComposePipCache.TestIndex.Faults;

/// <summary>Decides which rules strike; equal requests in equal order give equal plans.</summary>
internal sealed class RuleEngine
{
    private readonly Lock _lock = new();
    private readonly List<State> _rules = [];
    private int _lastId;

    public IReadOnlyList<RuleStatus> Rules
    {
        get
        {
            lock (_lock)
            {
                return [.. _rules.Select(state => new RuleStatus(state.Rule, state.Seen, state.Fired))];
            }
        }
    }

    /// <summary>Adds the rule behind the others, or puts it in the place of the one with its id.</summary>
    public string Add(FaultRule rule)
    {
        lock (_lock)
        {
            var id = rule.Id ?? $"rule-{++_lastId}";
            var state = new State(rule with { Id = id });
            var place = _rules.FindIndex(other => other.Rule.Id == id);
            if (place < 0)
            {
                _rules.Add(state);
            }
            else
            {
                _rules[place] = state;
            }

            return id;
        }
    }

    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _rules.RemoveAll(state => state.Rule.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    public FaultPlan Decide(RequestFacts facts)
    {
        lock (_lock)
        {
            var plan = FaultPlan.None;
            foreach (var state in _rules.Where(state => facts.Satisfies(state.Rule.Match) && state.Strikes()))
            {
                var effect = state.NextEffect();
                var throttle = plan.ThrottleId ?? (effect.BytesPerSecond is null ? null : state.Rule.Id);
                plan = new FaultPlan(plan.Effect.Or(effect), [.. plan.RuleIds, state.Rule.Id!], throttle);
            }

            return plan;
        }
    }

    private sealed class State(FaultRule rule)
    {
        private readonly Random _random = new(rule.Seed);

        public FaultRule Rule => rule;

        public int Seen { get; private set; }

        public int Fired { get; private set; }

        public bool Strikes()
        {
            Seen++;
            var strikes = Seen > rule.After
                && Fired < (rule.Times ?? int.MaxValue)
                && (rule.Probability >= 1 || _random.NextDouble() < rule.Probability);
            Fired += strikes ? 1 : 0;
            return strikes;
        }

        public FaultEffect NextEffect() => rule.Effect with
        {
            ETag = rule.Effect.ETag?.Replace(
                "{n}", Fired.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            CutAfterBytes = rule.Effect is { CutAfterBytes: { } first, CutBeforeBytes: { } end }
                ? _random.NextInt64(first, Math.Max(first + 1, end))
                : rule.Effect.CutAfterBytes,
        };
    }
}
