namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>A pattern that nothing can be matched against; the message names it.</summary>
public sealed class PatternException : Exception
{
    public PatternException()
    {
    }

    public PatternException(string message)
        : base(message)
    {
    }

    public PatternException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static PatternException BadSyntax(string pattern) => new($"syntax error in pattern `{pattern}`");

    internal static PatternException LoneNegation() => new("`!` is not a pattern: it needs something to except");
}
