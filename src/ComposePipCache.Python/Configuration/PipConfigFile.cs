namespace ComposePipCache.Python.Configuration;

/// <summary>One configuration file of pip as it was found.</summary>
public sealed record PipConfigFile(PipConfigKind Kind, string Path, string Text);
