namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What was sent because the engine lacked it.</summary>
public sealed record SeedResult(int Files, long Bytes);
