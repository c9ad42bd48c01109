using System.Globalization;
using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using Shouldly;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>The daemon's end of a transfer, as strict as fsutil's: order, parents, links, ids, ends of files.</summary>
internal sealed class DaemonDouble(IPacketChannel channel)
{
    private readonly ReceivedTree _tree = new();
    private readonly Dictionary<uint, (string Path, MemoryStream Content)> _open = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal) { "." };
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private byte[][]? _lastPath;
    private bool _isListed;

    /// <summary>Which files are asked for; all by default.</summary>
    internal Func<RawStat, bool> Wants { get; init; } = _ => true;

    internal async Task<ReceivedTree> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (!_isListed || _open.Count > 0)
        {
            var packet = await channel.ReadAsync(cancellationToken)
                ?? throw new EndOfStreamException("the sender left before the end");
            await HandleAsync(packet, cancellationToken);
        }

        await channel.WriteAsync(new Packet { Type = PacketType.PacketFin }, cancellationToken);
        (await channel.ReadAsync(cancellationToken)).ShouldNotBeNull().Type.ShouldBe(PacketType.PacketFin);
        (await channel.ReadAsync(cancellationToken)).ShouldBeNull();
        return _tree;
    }

    private async Task HandleAsync(Packet packet, CancellationToken cancellationToken)
    {
        switch (packet.Type)
        {
            case PacketType.PacketStat when packet.Stat is null:
                _isListed.ShouldBeFalse("two ends of the listing");
                _isListed = true;
                break;
            case PacketType.PacketStat:
                _isListed.ShouldBeFalse("an entry behind the end of the listing");
                await AcceptAsync(packet.Stat, cancellationToken);
                break;
            case PacketType.PacketData:
                Append(packet);
                break;
            default:
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"{packet.Type}: {packet.Data.ToStringUtf8()}"));
        }
    }

    private async Task AcceptAsync(RawStat stat, CancellationToken cancellationToken)
    {
        var path = RawName.FromWire(stat.Path);
        CheckOrder(path);
        if (GoFileMode.IsFolder(stat.Mode))
        {
            _folders.Add(path);
        }
        else if (!GoFileMode.IsSymlink(stat.Mode) && stat.Linkname.Length > 0)
        {
            _files.ShouldContain(RawName.FromWire(stat.Linkname));
        }
        else
        {
            _files.Add(path);
        }

        var id = (uint)_tree.Stats.Count;
        _tree.Stats.Add(stat);
        if (GoFileMode.IsFile(stat.Mode) && stat.Linkname.Length == 0 && Wants(stat))
        {
            _open.Add(id, (path, new MemoryStream()));
            await channel.WriteAsync(new Packet { Type = PacketType.PacketReq, ID = id }, cancellationToken);
        }
    }

    private void CheckOrder(string path)
    {
        path.ShouldBe(SlashPath.Clean(path));
        path.ShouldNotStartWith("/");
        path.Split('/').ShouldNotContain("..");
        _folders.ShouldContain(SlashPath.Parent(path));
        byte[][] parts = [.. path.Split('/').Select(RawName.Encode)];
        (_lastPath is null || Compare(_lastPath, parts) < 0).ShouldBeTrue($"`{path}` is out of order");
        _lastPath = parts;
    }

    private static int Compare(byte[][] left, byte[][] right)
    {
        for (var index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            if (left[index].AsSpan().SequenceCompareTo(right[index]) is not 0 and var order)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }

    private void Append(Packet packet)
    {
        var (path, content) = _open[packet.ID];
        if (packet.Data.Length > 0)
        {
            packet.Data.WriteTo(content);
            return;
        }

        _open.Remove(packet.ID);
        _tree.Contents.Add(path, content.ToArray());
    }
}
