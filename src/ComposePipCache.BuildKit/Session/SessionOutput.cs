using System.IO.Pipelines;

namespace ComposePipCache.BuildKit.Session;

/// <summary>
/// Writes to a session's stream. A stream that is gone ends the output instead of failing the writer.
/// </summary>
/// <remarks>Kestrel takes an exception out of a transport for a bug of its own and logs it as an error.</remarks>
internal sealed class SessionOutput(Stream stream) : PipeWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly PipeWriter _writer = Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize));

    public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => _writer.UnflushedBytes;

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _writer.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
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
