namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>Characters as ranges of code points, both ends included.</summary>
internal sealed class RuneSet
{
    private readonly List<(int Low, int High)> _ranges = [];

    internal bool IsNegated { get; set; }

    internal static RuneSet AllBut(char excluded) => new RuneSet { IsNegated = true }.Add(excluded, excluded);

    internal RuneSet Add(int low, int high)
    {
        _ranges.Add((low, high));
        return this;
    }

    internal void Add(RuneSet other)
    {
        if (other.IsNegated)
        {
            AddComplement(other);
        }
        else
        {
            _ranges.AddRange(other._ranges);
        }
    }

    internal bool Contains(int rune)
    {
        foreach (var (low, high) in _ranges)
        {
            if (rune >= low && rune <= high)
            {
                return !IsNegated;
            }
        }

        return IsNegated;
    }

    private void AddComplement(RuneSet other)
    {
        var next = 0;
        foreach (var (low, high) in other._ranges.Order())
        {
            if (low > next)
            {
                Add(next, low - 1);
            }

            next = Math.Max(next, high + 1);
        }

        Add(next, 0x10FFFF);
    }
}
