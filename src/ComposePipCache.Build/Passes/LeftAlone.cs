namespace ComposePipCache.Build.Passes;

/// <summary>A step that installs packages and runs exactly as its author wrote it.</summary>
/// <param name="Step">Its name in the progress.</param>
/// <param name="Reason">Why, in words for the user.</param>
/// <param name="NeedsIndex">Whether it takes from an index what we could have kept.</param>
internal sealed record LeftAlone(string Step, string Reason, bool NeedsIndex);
