using System.Buffers;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Session.FileSync.Sending;

/// <summary>A packet on its way out, with the buffer it borrows.</summary>
internal readonly struct OutgoingPacket
{
    private readonly byte[]? _buffer;

    private OutgoingPacket(Packet packet, byte[]? buffer) => (Packet, _buffer) = (packet, buffer);

    internal Packet Packet { get; }

    internal static OutgoingPacket Of(Packet packet) => new(packet, null);

    /// <summary>Wraps a rented buffer, which this packet now owns.</summary>
    internal static OutgoingPacket Data(uint id, byte[] rented, int length) => new(
        new Packet
        {
            Type = Packet.Types.PacketType.PacketData,
            ID = id,
            Data = UnsafeByteOperations.UnsafeWrap(rented.AsMemory(0, length)),
        },
        rented);

    /// <summary>
    /// To be called once the packet has been written, and not when that failed: something may still read it.
    /// </summary>
    internal void Release()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
