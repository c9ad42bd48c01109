using ComposePipCache.Protocol.FileTransfer;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Takes exports that are one file.</summary>
internal sealed class FileSendService : FileSend.FileSendBase
{
    public override async Task DiffCopy(
        IAsyncStreamReader<BytesMessage> requestStream,
        IServerStreamWriter<BytesMessage> responseStream,
        ServerCallContext context)
    {
        if (SessionFeature.Of(context).ExportSink?.OpenFile() is not { } file)
        {
            throw new RpcException(new Status(StatusCode.Unimplemented, "this build exports nothing to the client"));
        }

        await using (file)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                await file.WriteAsync(requestStream.Current.Data.Memory, context.CancellationToken);
            }
        }
    }
}
