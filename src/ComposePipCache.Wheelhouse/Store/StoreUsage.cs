namespace ComposePipCache.Wheelhouse.Store;

/// <summary>How much the wheelhouse holds.</summary>
/// <param name="Files">Distinct contents.</param>
/// <param name="Bytes">Their sizes, each content once.</param>
public sealed record StoreUsage(int Files, long Bytes);
