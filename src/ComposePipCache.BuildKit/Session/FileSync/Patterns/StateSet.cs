namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>The states an automaton is in; cleared in constant time.</summary>
/// <param name="memory">Room for two numbers a state, all zero.</param>
internal ref struct StateSet(Span<int> memory)
{
    private readonly Span<int> _members = memory[..(memory.Length / 2)];
    private readonly Span<int> _slots = memory[(memory.Length / 2)..];

    internal int Count { get; private set; }

    internal readonly ReadOnlySpan<int> Members => _members[..Count];

    internal readonly bool Contains(int state) =>
        _slots[state] < Count && _members[_slots[state]] == state;

    internal bool Add(int state)
    {
        if (Contains(state))
        {
            return false;
        }

        _slots[state] = Count;
        _members[Count++] = state;
        return true;
    }

    internal void Clear() => Count = 0;
}
