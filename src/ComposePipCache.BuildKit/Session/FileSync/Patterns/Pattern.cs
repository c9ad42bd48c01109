namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// One cleaned pattern. What it compiles to is found at the first comparison, as upstream: a pattern that never gets
/// its turn never fails.
/// </summary>
public sealed class Pattern
{
    private readonly Lazy<(MatchKind Kind, LinearExpression? Expression)> _compiled;

    internal Pattern(string text, bool isNegated)
    {
        (Text, IsNegated) = (text, isNegated);
        _compiled = new(Compile);
    }

    /// <summary>The pattern without its <c>!</c>.</summary>
    public string Text { get; }

    public bool IsNegated { get; }

    /// <exception cref="PatternException">The pattern has a class or an escape that means nothing.</exception>
    internal bool Matches(string path)
    {
        var (kind, expression) = _compiled.Value;
        return kind switch
        {
            MatchKind.Exact => path == Text,
            MatchKind.Prefix => path.AsSpan().StartsWith(Text.AsSpan(0, Text.Length - 2), StringComparison.Ordinal),
            MatchKind.Suffix => EndsWith(path, Text.AsSpan(2)),
            _ => expression!.Matches(path),
        };
    }

    private static bool EndsWith(string path, ReadOnlySpan<char> suffix) =>
        path.AsSpan().EndsWith(suffix, StringComparison.Ordinal)
        || (suffix[0] == '/' && suffix[1..].SequenceEqual(path));

    private (MatchKind Kind, LinearExpression? Expression) Compile()
    {
        var (kind, expression) = PatternTranslator.Translate(Text);
        return (kind, kind == MatchKind.Expression ? LinearExpression.Parse(expression, Text) : null);
    }
}
