using ComposePipCache.BuildKit.Session.FileSync.Paths;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>A list of patterns in which the last match wins, with the semantics of moby's patternmatcher.</summary>
/// <remarks>Paths are relative and slash-separated. A folder that matches takes all below it along.</remarks>
public sealed class PatternMatcher
{
    private PatternMatcher(IReadOnlyList<Pattern> patterns) => Patterns = patterns;

    public IReadOnlyList<Pattern> Patterns { get; }

    public bool HasNegations => Patterns.Any(pattern => pattern.IsNegated);

    /// <exception cref="PatternException">A pattern is malformed.</exception>
    public static PatternMatcher Create(IEnumerable<string> patterns) => new(
        [.. patterns.Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0).Select(Parse)]);

    /// <summary>Matches a path about which nothing is known yet: its folders are tried as well.</summary>
    public bool Matches(string path)
    {
        var matched = false;
        foreach (var pattern in Patterns)
        {
            if (pattern.IsNegated == matched && MatchesSelfOrParent(pattern, path))
            {
                matched = !pattern.IsNegated;
            }
        }

        return matched;
    }

    /// <summary>Matches a path met on the way down a tree.</summary>
    /// <param name="path">The path to match.</param>
    /// <param name="parent">What its folder matched, or null when that was not asked.</param>
    /// <param name="matches">To be handed in for what is below the path.</param>
    /// <remarks>
    /// Not the same as <see cref="Matches(string)"/> in every case: a pattern that was skipped for the folder counts
    /// as not having matched it. Directory transfers use this one.
    /// </remarks>
    public bool Matches(string path, PatternMatches? parent, out PatternMatches matches)
    {
        matches = new PatternMatches(Patterns.Count);
        var matched = false;
        for (var index = 0; index < Patterns.Count; index++)
        {
            var pattern = Patterns[index];
            var match = parent is not null && parent.Matched[index];
            if (!match && pattern.IsNegated == matched)
            {
                match = parent is null ? MatchesSelfOrParent(pattern, path) : pattern.Matches(path);
            }

            matches.Matched[index] = match;
            if (match)
            {
                matched = !pattern.IsNegated;
            }
        }

        return matched;
    }

    private static bool MatchesSelfOrParent(Pattern pattern, string path)
    {
        if (pattern.Matches(path))
        {
            return true;
        }

        var parent = SlashPath.Parent(path);
        return parent != "." && SlashPath.Prefixes(parent).Any(pattern.Matches);
    }

    private static Pattern Parse(string pattern)
    {
        // Windows has no escapes: a backslash is a separator there.
        var slashed = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        var text = SlashPath.Clean(slashed);
        if (text == "!")
        {
            throw PatternException.LoneNegation();
        }

        var isNegated = text.StartsWith('!');
        var body = isNegated ? text[1..] : text;
        return Glob.Parse(body).Matches(".") is null
            ? throw PatternException.BadSyntax(body)
            : new Pattern(body, isNegated);
    }
}
