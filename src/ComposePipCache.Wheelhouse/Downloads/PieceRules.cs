namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>What the downloads of one process share for their long files.</summary>
/// <param name="Size">Bytes of a piece.</param>
/// <param name="Slots">One for each connection that may be open beside those of the files themselves.</param>
/// <param name="StallTimeout">A server that sends nothing for so long has died.</param>
/// <param name="Time">The clock.</param>
internal sealed record PieceRules(long Size, SemaphoreSlim Slots, TimeSpan StallTimeout, TimeProvider Time);
