using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.Protocol.FileTransfer;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Takes what an exporter sends: the bytes of one file, or a folder as packets.</summary>
/// <remarks>
/// Both come by the same method with messages of different types (buildkit session/filesync), so messages stay bytes
/// until it is known which export was asked for.
/// </remarks>
internal sealed class FileSendService : FileSendBinder
{
    public override async Task DiffCopy(
        IAsyncStreamReader<ByteString> requestStream,
        IServerStreamWriter<ByteString> responseStream,
        ServerCallContext context)
    {
        var sink = SessionFeature.Of(context).ExportSink
            ?? throw new RpcException(new Status(StatusCode.Unimplemented, "this build exports nothing to the client"));
        try
        {
            if (sink.OpenFile() is { } file)
            {
                await ReceiveFileAsync(requestStream, file, context.CancellationToken);
            }
            else
            {
                var channel = new RawPacketChannel(requestStream, responseStream);
                await FileReceiver.ReceiveAsync(channel, sink.FolderPath, context.CancellationToken);
            }
        }
        catch (Exception e) when (e is FileTransferException or IOException or UnauthorizedAccessException)
        {
            throw new RpcException(new Status(StatusCode.Unknown, e.Message));
        }
    }

    private static async Task ReceiveFileAsync(
        IAsyncStreamReader<ByteString> requests,
        Stream file,
        CancellationToken cancellationToken)
    {
        await using (file)
        {
            while (await requests.MoveNext(cancellationToken))
            {
                var message = BytesMessage.Parser.ParseFrom(requests.Current);
                await file.WriteAsync(message.Data.Memory, cancellationToken);
            }
        }
    }

    private sealed class RawPacketChannel(IAsyncStreamReader<ByteString> reader, IAsyncStreamWriter<ByteString> writer)
        : IPacketChannel
    {
        public async ValueTask<Packet?> ReadAsync(CancellationToken cancellationToken) =>
            await reader.MoveNext(cancellationToken) ? Packet.Parser.ParseFrom(reader.Current) : null;

        public async ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken) =>
            await writer.WriteAsync(packet.ToByteString(), cancellationToken);
    }
}
