using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>
/// The two directions of one directory transfer. Reads do not overlap, nor do writes; a read and a write may.
/// </summary>
public interface IPacketChannel
{
    /// <returns>Null when the other side sends no more.</returns>
    ValueTask<Packet?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends a packet. Its data may be overwritten once the write is complete, so it must not be kept.
    /// </summary>
    ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken);
}
