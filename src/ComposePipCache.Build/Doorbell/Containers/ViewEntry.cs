namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A file of a view: the name a step sees, and its content.</summary>
public sealed record ViewEntry(string FileName, string Sha256);
