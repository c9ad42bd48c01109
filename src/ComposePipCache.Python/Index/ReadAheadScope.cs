using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Index;

/// <summary>Requirements that pip meets together: those of a command, or those of one build.</summary>
internal sealed record ReadAheadScope(
    IReadOnlyList<RequirementLine> Requirements, IReadOnlyList<RequirementLine> Constraints);
