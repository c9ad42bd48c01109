using Google.Protobuf;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>The shape that gRPC expects of a service, with messages left as bytes.</summary>
[BindServiceMethod(typeof(FileSendBinder), nameof(Bind))]
internal abstract class FileSendBinder
{
    private static readonly Marshaller<ByteString> Bytes = Marshallers.Create<ByteString>(
        (bytes, context) => context.Complete(bytes.ToByteArray()),
        context => ByteString.CopyFrom(context.PayloadAsNewBuffer()));

    private static readonly Method<ByteString, ByteString> DiffCopyMethod = new(
        MethodType.DuplexStreaming, "moby.filesync.v1.FileSend", "DiffCopy", Bytes, Bytes);

    public virtual Task DiffCopy(
        IAsyncStreamReader<ByteString> requestStream,
        IServerStreamWriter<ByteString> responseStream,
        ServerCallContext context) => throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    /// <summary>Called by gRPC: once with a service to bind its method, once without to learn of it.</summary>
    public static void Bind(ServiceBinderBase binder, FileSendBinder? service) =>
        binder.AddMethod(DiffCopyMethod, service is null ? null! : service.DiffCopy);
}
