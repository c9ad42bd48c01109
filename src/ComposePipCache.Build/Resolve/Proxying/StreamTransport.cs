using System.IO.Pipelines;
using ComposePipCache.BuildKit.Connection;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Both directions of a stream as pipes.</summary>
internal sealed record StreamTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    public static StreamTransport Over(Stream stream) => new(
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 4096, leaveOpen: true)),
        new StreamOutput(stream, leaveOpen: true));
}
