namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>How a pattern is compared with a path, the cheapest way that is right for it.</summary>
internal enum MatchKind
{
    Exact,
    Prefix,
    Suffix,
    Expression,
}
