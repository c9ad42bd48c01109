using System.Threading.Channels;
using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>
/// Two ends of a transfer in one process. Packets cross as bytes, so that nothing is shared, a few at a time.
/// </summary>
internal sealed class PacketPipe
{
    private const int Capacity = 8;

    private readonly Channel<byte[]> _up = Channel.CreateBounded<byte[]>(Capacity);
    private readonly Channel<byte[]> _down = Channel.CreateBounded<byte[]>(Capacity);

    internal PacketPipe()
    {
        Client = new End(_down.Reader, _up.Writer);
        Daemon = new End(_up.Reader, _down.Writer);
    }

    internal End Client { get; }

    internal End Daemon { get; }

    internal sealed class End(ChannelReader<byte[]> reader, ChannelWriter<byte[]> writer) : IPacketChannel
    {
        private int _writes;

        public async ValueTask<Packet?> ReadAsync(CancellationToken cancellationToken)
        {
            return await reader.WaitToReadAsync(cancellationToken) && reader.TryRead(out var bytes)
                ? Packet.Parser.ParseFrom(bytes)
                : null;
        }

        public async ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref _writes, 1) != 0)
            {
                throw new InvalidOperationException("writes overlap");
            }

            await writer.WriteAsync(packet.ToByteArray(), cancellationToken);
            Volatile.Write(ref _writes, 0);
        }

        /// <summary>Sends no more; the other end reads null.</summary>
        internal void Close() => writer.TryComplete();
    }
}
