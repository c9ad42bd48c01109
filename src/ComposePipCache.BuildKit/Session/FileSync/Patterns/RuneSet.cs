using System.Globalization;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>Characters as ranges of code points, both ends included, and by their category.</summary>
internal sealed class RuneSet
{
    // The first letter of each UnicodeCategory, in their order.
    private const string CategoryLetters = "LLLLLMMMNNNZZZCCCCPPPPPPPSSSSC";

    private readonly List<(int Low, int High)> _ranges = [];
    private uint _categories;

    internal bool IsNegated { get; set; }

    internal static RuneSet AllBut(char excluded) => new RuneSet { IsNegated = true }.Add(excluded, excluded);

    /// <summary>All of <c>L</c>, <c>M</c>, <c>N</c>, <c>P</c>, <c>S</c>, <c>Z</c> or <c>C</c>, or all else.</summary>
    /// <remarks>As in Go 1.25: the case does not matter, and <c>C</c> has what is not assigned.</remarks>
    /// <returns>Null when there is no such category.</returns>
    internal static RuneSet? OfCategory(int letter, bool isNegated)
    {
        var wanted = letter is >= 'a' and <= 'z' ? letter - 'a' + 'A' : letter;
        if (!CategoryLetters.Any(category => category == wanted))
        {
            return null;
        }

        var set = new RuneSet();
        for (var category = 0; category < CategoryLetters.Length; category++)
        {
            set._categories |= (CategoryLetters[category] == wanted) != isNegated ? 1u << category : 0;
        }

        return set;
    }

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
            _categories |= other._categories;
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

        var isInCategory = ((_categories >> (int)CharUnicodeInfo.GetUnicodeCategory(rune)) & 1) == 1;
        return isInCategory != IsNegated;
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
