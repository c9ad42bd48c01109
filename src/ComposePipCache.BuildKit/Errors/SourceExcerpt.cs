namespace ComposePipCache.BuildKit.Errors;

/// <summary>The lines of a Dockerfile that an error belongs to.</summary>
/// <param name="FileName">As the frontend names it.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Ranges">First and last line of each range, from 1.</param>
public sealed record SourceExcerpt(string FileName, string Text, IReadOnlyList<(int First, int Last)> Ranges);
