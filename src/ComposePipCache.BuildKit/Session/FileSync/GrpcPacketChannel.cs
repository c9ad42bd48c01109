using ComposePipCache.Protocol.Fsutil;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>
/// A call of the daemon as a packet channel. A packet is in the transport's own buffer once it is written.
/// </summary>
internal sealed class GrpcPacketChannel(IAsyncStreamReader<Packet> reader, IAsyncStreamWriter<Packet> writer)
    : IPacketChannel
{
    public async ValueTask<Packet?> ReadAsync(CancellationToken cancellationToken) =>
        await reader.MoveNext(cancellationToken) ? reader.Current : null;

    public async ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken) =>
        await writer.WriteAsync(packet, cancellationToken);
}
