using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.BuildKit.Session.FileSync.Sending;

/// <summary>
/// One transfer: a listing, a reader of requests, a few readers of files, and one writer that all of them feed.
/// </summary>
internal sealed class OutgoingTransfer : IDisposable
{
    private const int ChunkLength = 64 * 1024;
    private const int FileReaders = 4;
    private const int QueuedPackets = 32;
    private const int QueuedRequests = 128;

    /// <summary>How long a daemon that does not read may hold up the end of a transfer that failed.</summary>
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly IPacketChannel _channel;
    private readonly LocalSource _source;
    private readonly DirectoryRequest _request;
    private readonly IFileTree _tree;
    private readonly FileOffers _offers = new();
    private readonly Channel<OutgoingPacket> _packets = Channel.CreateBounded<OutgoingPacket>(QueuedPackets);
    private readonly Channel<OfferedFile> _requests = Channel.CreateBounded<OfferedFile>(QueuedRequests);

    /// <summary>
    /// Ends the stages, but lets a write that has begun come to its end: half a message would end the call.
    /// </summary>
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort;
    private Exception? _failure;

    internal OutgoingTransfer(IPacketChannel channel, LocalSource source, DirectoryRequest request, TimeProvider clock)
    {
        (_channel, _source, _request) = (channel, source, request);
        _tree = FileTree.Open(source.Path);
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stopping = cancellationToken.UnsafeRegister(_ => _stop.Cancel(), null);
        await using var aborting = cancellationToken.UnsafeRegister(_ => _abort.Cancel(), null);
        var writing = RunStageAsync(WriteAsync);
        var readers = Enumerable.Range(0, FileReaders).Select(_ => RunStageAsync(SendFilesAsync));
        await Task.WhenAll([RunStageAsync(ListAsync), RunStageAsync(ReceiveAsync), .. readers]);
        _packets.Writer.Complete();
        await writing;

        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            await TellPeerAsync(_failure);
            ExceptionDispatchInfo.Throw(_failure);
        }

        await _channel.WriteAsync(new Packet { Type = PacketType.PacketFin }, _abort.Token);
    }

    private async Task RunStageAsync(Func<CancellationToken, Task> stage)
    {
        await Task.Yield();
        try
        {
            await stage(_stop.Token);
        }
        catch (Exception exception) when (Record(exception))
        {
            await _stop.CancelAsync();
            _abort.CancelAfter(Farewell);
        }
    }

    /// <summary>Only the first failure tells something: those after it come from the stop.</summary>
    private bool Record(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, exception, null);
        return true;
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var filter = TreeFilter.Create(
            _tree, _request.IncludePatterns, _request.ExcludePatterns, _request.FollowPaths);
        var id = 0u;
        foreach (var node in new TreeWalker(_tree, filter).Walk())
        {
            if (GoFileMode.IsFile(node.Stat.Mode))
            {
                _offers.Add(new OfferedFile(id, node.Path, node.IsSocket));
            }

            id++;
            _source.Transfers.AddEntries(1);
            await QueueAsync(new Packet { Type = PacketType.PacketStat, Stat = node.Stat }, cancellationToken);
        }

        await QueueAsync(new Packet { Type = PacketType.PacketStat }, cancellationToken);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _channel.ReadAsync(cancellationToken) is { } packet)
        {
            switch (packet.Type)
            {
                case PacketType.PacketReq:
                    _source.Transfers.AddFile();
                    await _requests.Writer.WriteAsync(_offers.Take(packet.ID), cancellationToken);
                    break;
                case PacketType.PacketFin:
                    _requests.Writer.Complete();
                    return;
                case PacketType.PacketErr:
                    throw FileTransferException.FromPeer(packet.Data.ToStringUtf8());
            }
        }

        throw FileTransferException.Truncated();
    }

    private async Task SendFilesAsync(CancellationToken cancellationToken)
    {
        await foreach (var file in _requests.Reader.ReadAllAsync(cancellationToken))
        {
            if (!file.IsEmpty)
            {
                await SendContentAsync(file, cancellationToken);
            }

            await QueueAsync(new Packet { Type = PacketType.PacketData, ID = file.Id }, cancellationToken);
        }
    }

    private async Task SendContentAsync(OfferedFile file, CancellationToken cancellationToken)
    {
        await using var content = _tree.Open(file.Path);
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
            var length = Read(content, buffer, file.Path);
            if (length == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return;
            }

            await _packets.Writer.WriteAsync(OutgoingPacket.Data(file.Id, buffer, length), cancellationToken);
        }
    }

    /// <summary>Files know no asynchronous reads on Unix; this stage has a thread of the pool to itself.</summary>
    private static int Read(FileStream content, byte[] buffer, string path)
    {
        try
        {
            return content.Read(buffer, 0, ChunkLength);
        }
        catch (IOException fault)
        {
            throw FileTreeException.Unreadable(path, fault.Message, isPermission: false, fault);
        }
    }

    private ValueTask QueueAsync(Packet packet, CancellationToken cancellationToken) =>
        _packets.Writer.WriteAsync(OutgoingPacket.Of(packet), cancellationToken);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var outgoing in _packets.Reader.ReadAllAsync(cancellationToken))
        {
            var length = outgoing.Packet.Data.Length;
            await _channel.WriteAsync(outgoing.Packet, _abort.Token);
            outgoing.Release();
            _source.Transfers.AddBytes(length);
        }
    }

    private async Task TellPeerAsync(Exception failure)
    {
        if (failure is not (FileTreeException or PatternException or FileTransferException { IsKnownToPeer: false }))
        {
            return;
        }

        try
        {
            var text = ByteString.CopyFromUtf8(failure.Message);
            await _channel.WriteAsync(new Packet { Type = PacketType.PacketErr, Data = text }, _abort.Token);
        }
        catch (Exception unheard) when (unheard is IOException or InvalidOperationException
            or OperationCanceledException)
        {
            // The failure itself is thrown next, and says more.
        }
    }
}
