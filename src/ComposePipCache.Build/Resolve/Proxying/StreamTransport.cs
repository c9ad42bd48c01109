using System.IO.Pipelines;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Both directions of a stream as pipes.</summary>
internal sealed record StreamTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    private const int BufferSize = 64 * 1024;

    public static StreamTransport Over(Stream stream) => new(
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 4096, leaveOpen: true)),
        new LenientOutput(stream));

    /// <summary>Ends the output of a stream that breaks: Kestrel would take an exception for a bug.</summary>
    private sealed class LenientOutput(Stream stream) : PipeWriter
    {
        private readonly PipeWriter _writer = Create(
            stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true));

        public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => _writer.UnflushedBytes;

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return await _writer.FlushAsync(cancellationToken);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                return new FlushResult(isCanceled: false, isCompleted: true);
            }
        }

        public override void Complete(Exception? exception = null) => _writer.Complete(exception);

        public override void Advance(int bytes) => _writer.Advance(bytes);

        public override void CancelPendingFlush() => _writer.CancelPendingFlush();

        public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);
    }
}
