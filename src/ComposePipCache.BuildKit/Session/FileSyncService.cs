using ComposePipCache.Protocol.Fsutil;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Sends directories to the daemon.</summary>
internal sealed class FileSyncService : Protocol.FileTransfer.FileSync.FileSyncBase
{
    public override Task DiffCopy(
        IAsyncStreamReader<Packet> requestStream,
        IServerStreamWriter<Packet> responseStream,
        ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, "not yet"));
}
