using System.Buffers;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>
/// Decides what of a tree is sent, with fsutil's rules: include patterns, then exclude patterns, folders skipped where
/// nothing below could be wanted.
/// </summary>
internal sealed class TreeFilter
{
    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*[]?^\\");

    private readonly PatternMatcher? _include;
    private readonly PatternMatcher? _exclude;
    private readonly List<string>? _includeRoots;
    private readonly List<string>? _exceptionRoots;

    private TreeFilter(PatternMatcher? include, PatternMatcher? exclude)
    {
        (_include, _exclude) = (include, exclude);
        _includeRoots = Roots(include, areNegated: false);
        _exceptionRoots = Roots(exclude, areNegated: true);
    }

    /// <exception cref="PatternException">A pattern is malformed.</exception>
    /// <exception cref="FileTreeException">A link to follow cannot be read.</exception>
    internal static TreeFilter Create(
        IFileTree tree,
        IReadOnlyList<string> include,
        IReadOnlyList<string> exclude,
        IReadOnlyList<string> followPaths)
    {
        IReadOnlyList<string>? included = include;
        if (followPaths.Count > 0 && LinkFollower.Follow(tree, followPaths) is { } targets)
        {
            included = LinkFollower.WithoutNested(include.Concat(targets));
        }

        return new TreeFilter(
            included is { Count: > 0 } ? PatternMatcher.Create(included) : null,
            exclude.Count > 0 ? PatternMatcher.Create(exclude) : null);
    }

    /// <param name="path">The path to judge.</param>
    /// <param name="isFolder">Whether something may be below it.</param>
    /// <param name="parent">The state that the judgement of its folder gave, null at the top.</param>
    /// <param name="state">To be handed in for what is below.</param>
    internal FilterVerdict Judge(string path, bool isFolder, FilterState? parent, out FilterState state)
    {
        state = new FilterState();
        var verdict = FilterVerdict.Send;
        if (_include is not null)
        {
            var isIncluded = _include.Matches(path, parent?.Include, out var matches);
            state.Include = matches;
            if (!isIncluded)
            {
                verdict = FilterVerdict.Hide;
                if (isFolder && !MayHold(_includeRoots, path))
                {
                    return FilterVerdict.Skip;
                }
            }
        }

        if (_exclude is not null)
        {
            var isExcluded = _exclude.Matches(path, parent?.Exclude, out var matches);
            state.Exclude = matches;
            if (isExcluded)
            {
                return isFolder && !MayHold(_exceptionRoots, path) ? FilterVerdict.Skip : FilterVerdict.Hide;
            }
        }

        return verdict;
    }

    /// <summary>The folders that the patterns lead into; null when a wildcard may lead anywhere.</summary>
    private static List<string>? Roots(PatternMatcher? matcher, bool areNegated)
    {
        var roots = matcher?.Patterns
            .Where(pattern => pattern.IsNegated == areNegated)
            .Select(pattern => WithoutTrailingStars(pattern.Text))
            .ToList();
        return roots?.Exists(root => root.AsSpan().ContainsAny(Wildcards)) == true ? null : roots;
    }

    private static bool MayHold(List<string>? roots, string folder) =>
        roots?.Exists(root => (root + "/").StartsWith(folder + "/", StringComparison.Ordinal)) ?? true;

    private static string WithoutTrailingStars(string pattern)
    {
        var text = pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern[..^3] : pattern;
        return text.EndsWith("/*", StringComparison.Ordinal) ? text[..^2] : text;
    }
}
