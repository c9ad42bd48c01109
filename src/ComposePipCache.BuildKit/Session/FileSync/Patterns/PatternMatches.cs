namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>Which patterns matched a folder; handed to the matching of what is in it.</summary>
public sealed class PatternMatches
{
    internal PatternMatches(int patternCount) => Matched = new bool[patternCount];

    internal bool[] Matched { get; }
}
