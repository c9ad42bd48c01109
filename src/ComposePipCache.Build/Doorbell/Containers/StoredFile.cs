namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A content on the wheel mount.</summary>
public sealed record StoredFile(string Sha256, long Size);
