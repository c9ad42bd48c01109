namespace ComposePipCache.Build.Engine;

/// <summary>What an engine calls itself. For messages only: capabilities decide, never version text.</summary>
public sealed record EngineVersion(string Version, string ApiVersion, string OperatingSystem, string Architecture);
