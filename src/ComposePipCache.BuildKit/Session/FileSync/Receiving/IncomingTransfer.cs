using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>
/// One transfer towards us: entries are made as they are described, a few files are asked for at a time.
/// </summary>
internal sealed class IncomingTransfer(IPacketChannel channel, string folder) : IAsyncDisposable
{
    private const int FilesAtOnce = 32;

    private readonly Destination _destination = new(folder);
    private readonly EntryOrder _order = new();
    private readonly HashSet<string> _linkTargets = new(StringComparer.Ordinal);
    private readonly List<(string Path, RawStat Stat)> _folders = [];
    private readonly List<(string Path, string Existing)> _hardLinks = [];
    private readonly Queue<(uint Id, string Path, RawStat Stat)> _waiting = new();
    private readonly Dictionary<uint, IncomingFile> _open = [];
    private uint _nextId;
    private bool _isListed;

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values)
        {
            await file.Content.DisposeAsync();
            File.Delete(file.TemporaryPath);
        }
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReceiveAllAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or FileTransferException { IsKnownToPeer: false })
        {
            var text = ByteString.CopyFromUtf8(failure.Message);
            await channel.WriteAsync(new Packet { Type = PacketType.PacketErr, Data = text }, cancellationToken);
            throw;
        }

        // Not read to its end: the daemon leaves its side open until the build is over.
        await channel.WriteAsync(new Packet { Type = PacketType.PacketFin }, cancellationToken);
        while ((await ReadAsync(cancellationToken)).Type != PacketType.PacketFin)
        {
        }
    }

    private async Task ReceiveAllAsync(CancellationToken cancellationToken)
    {
        while (!_isListed || _open.Count > 0)
        {
            await HandleAsync(await ReadAsync(cancellationToken), cancellationToken);
            while (_open.Count < FilesAtOnce && _waiting.TryDequeue(out var file))
            {
                _open.Add(file.Id, _destination.OpenFile(file.Path, file.Stat));
                await channel.WriteAsync(new Packet { Type = PacketType.PacketReq, ID = file.Id }, cancellationToken);
            }
        }

        _hardLinks.ForEach(link => _destination.AddHardLink(link.Path, link.Existing));
        foreach (var (path, stat) in Enumerable.Reverse(_folders))
        {
            _destination.Finish(path, stat);
        }
    }

    private async Task<Packet> ReadAsync(CancellationToken cancellationToken)
    {
        var packet = await channel.ReadAsync(cancellationToken) ?? throw FileTransferException.Truncated();
        return packet.Type == PacketType.PacketErr
            ? throw FileTransferException.FromPeer(packet.Data.ToStringUtf8())
            : packet;
    }

    private Task HandleAsync(Packet packet, CancellationToken cancellationToken)
    {
        switch (packet.Type)
        {
            case PacketType.PacketStat when packet.Stat is null:
                _isListed = true;
                return Task.CompletedTask;
            case PacketType.PacketStat when !_isListed:
                Accept(packet.Stat);
                return Task.CompletedTask;
            case PacketType.PacketData when _open.TryGetValue(packet.ID, out var file):
                return AppendAsync(packet, file, cancellationToken);
            default:
                throw FileTransferException.Unexpected(packet);
        }
    }

    private void Accept(RawStat stat)
    {
        var path = RawName.FromWire(stat.Path);
        var id = _nextId++;
        _order.Check(path, GoFileMode.IsFolder(stat.Mode));
        if (GoFileMode.IsFolder(stat.Mode))
        {
            _destination.AddFolder(path);
            _folders.Add((path, stat));
        }
        else if (GoFileMode.IsSymlink(stat.Mode))
        {
            _destination.AddSymlink(path, stat);
        }
        else if (stat.Linkname.Length > 0)
        {
            var existing = RawName.FromWire(stat.Linkname);
            var isKnown = _linkTargets.Contains(existing);
            _hardLinks.Add((path, isKnown ? existing : throw FileTransferException.BadPath(existing)));
        }
        else
        {
            _linkTargets.Add(path);
            AcceptFile(id, path, stat);
        }
    }

    private void AcceptFile(uint id, string path, RawStat stat)
    {
        if (GoFileMode.IsFile(stat.Mode))
        {
            _waiting.Enqueue((id, path, stat));
        }
        else
        {
            _destination.AddSpecial(path, stat);
        }
    }

    private async Task AppendAsync(Packet packet, IncomingFile file, CancellationToken cancellationToken)
    {
        if (packet.Data.Length > 0)
        {
            await file.Content.WriteAsync(packet.Data.Memory, cancellationToken);
            return;
        }

        await _destination.CloseFileAsync(file);
        _open.Remove(packet.ID);
    }
}
