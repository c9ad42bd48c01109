namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>The states an automaton is in; cleared in constant time.</summary>
internal sealed class StateSet(int capacity)
{
    private readonly int[] _members = new int[capacity];
    private readonly int[] _slots = new int[capacity];

    internal int Count { get; private set; }

    internal ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

    internal bool Contains(int state) => _slots[state] is var slot && slot < Count && _members[slot] == state;

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
