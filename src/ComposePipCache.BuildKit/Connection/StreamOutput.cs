using System.IO.Pipelines;

namespace ComposePipCache.BuildKit.Connection;

/// <summary>
/// Writes to a stream that Kestrel serves. A stream that is gone ends the output instead of failing the writer.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="leaveOpen">Whether it stays open when the writer completes.</param>
/// <remarks>Kestrel takes an exception out of a transport for a bug of its own and logs it as an error.</remarks>
public sealed class StreamOutput(Stream stream, bool leaveOpen = false) : PipeWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly PipeWriter _writer = Create(
        stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: leaveOpen));

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => _writer.UnflushedBytes;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => _writer.Complete(exception);

    /// <inheritdoc/>
    public override void Advance(int bytes) => _writer.Advance(bytes);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => _writer.CancelPendingFlush();

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);
}
