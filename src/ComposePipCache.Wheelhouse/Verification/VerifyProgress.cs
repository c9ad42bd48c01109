namespace ComposePipCache.Wheelhouse.Verification;

/// <summary>How far a check has come.</summary>
public sealed record VerifyProgress(int Files, int TotalFiles, long Bytes, long TotalBytes);
