using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using Grpc.Core;
using FileSyncBase = ComposePipCache.Protocol.FileTransfer.FileSync.FileSyncBase;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Sends directories to the daemon.</summary>
internal sealed class FileSyncService : FileSyncBase
{
    public override async Task DiffCopy(
        IAsyncStreamReader<Packet> requestStream,
        IServerStreamWriter<Packet> responseStream,
        ServerCallContext context)
    {
        var request = DirectoryRequest.FromHeaders(context.GetHttpContext().Request.Headers);
        var source = SessionFeature.Of(context).Sources?.Find(request.Name)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"no access allowed to dir \"{request.Name}\""));
        try
        {
            var channel = new GrpcPacketChannel(requestStream, responseStream);
            await FileSender.SendAsync(channel, source, request, context.CancellationToken);
        }
        catch (Exception e) when (e is FileTreeException or PatternException or FileTransferException)
        {
            throw new RpcException(new Status(StatusCode.Unknown, e.Message));
        }
    }
}
