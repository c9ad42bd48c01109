namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>The part of a file that has come so far; the next download goes on from there.</summary>
/// <param name="Key">What the wheelhouse keeps it under.</param>
/// <param name="FileName">Null where that is not known any more.</param>
/// <param name="Size">Bytes that are here.</param>
/// <param name="LastUsedAt">When bytes last came.</param>
public sealed record HalfDownload(string Key, string? FileName, long Size, DateTimeOffset LastUsedAt);
