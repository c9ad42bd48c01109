using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>A daemon that sends whatever it is told, right or wrong.</summary>
internal sealed class SenderDouble(PacketPipe.End channel)
{
    private readonly Dictionary<uint, string> _contents = [];
    private uint _next;

    internal async Task SendAsync(string path, uint mode, string link = "", string content = "", long time = 0)
    {
        _contents.Add(_next++, content);
        var stat = new RawStat
        {
            Path = RawName.ToWire(path),
            Mode = mode,
            Linkname = RawName.ToWire(link),
            ModTime = time,
        };
        await channel.WriteAsync(new Packet { Type = PacketType.PacketStat, Stat = stat }, CancellationToken.None);
    }

    /// <summary>Ends the listing and serves until the other side is content, or says why not.</summary>
    internal async Task<string?> ServeAsync(CancellationToken cancellationToken)
    {
        await channel.WriteAsync(new Packet { Type = PacketType.PacketStat }, cancellationToken);
        while (await channel.ReadAsync(cancellationToken) is { } packet)
        {
            switch (packet.Type)
            {
                case PacketType.PacketReq:
                    await DataAsync(packet.ID, ByteString.CopyFromUtf8(_contents[packet.ID]), cancellationToken);
                    await DataAsync(packet.ID, ByteString.Empty, cancellationToken);
                    break;
                case PacketType.PacketFin:
                    await channel.WriteAsync(packet, cancellationToken);
                    return null;
                default:
                    return packet.Data.ToStringUtf8();
            }
        }

        throw new EndOfStreamException("the receiver left before the end");
    }

    private async Task DataAsync(uint id, ByteString data, CancellationToken cancellationToken) =>
        await channel.WriteAsync(
            new Packet { Type = PacketType.PacketData, ID = id, Data = data }, cancellationToken);
}
