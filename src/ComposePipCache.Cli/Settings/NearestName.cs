namespace ComposePipCache.Cli.Settings;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name that takes the fewest changes of a letter; null when all of them take too many.</summary>
    public static string? Of(string word, IEnumerable<string> names)
    {
        var (name, distance) = names
            .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name)))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(2, word.Length / 3) ? name : null;
    }

    // Levenshtein, a row at a time.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var changed = diagonal + (one[i] == other[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
