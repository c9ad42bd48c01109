using ComposePipCache.BuildKit.Session.FileSync.Patterns;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>What is known of a folder when its content is judged.</summary>
internal sealed class FilterState
{
    internal PatternMatches? Include { get; set; }

    internal PatternMatches? Exclude { get; set; }
}
