using System.Net.Security;

namespace ComposePipCache.Build.Engine;

/// <summary>A TLS stream that explains a refused client certificate.</summary>
/// <remarks>In TLS 1.3 the client speaks last in the handshake, so such a refusal only shows when the first answer is read.</remarks>
internal sealed class EngineTlsStream(Stream inner, EngineEndpoint endpoint) : SslStream(inner)
{
    private bool _hasAnswered;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            _hasAnswered |= count > 0;
            return count;
        }
        catch (IOException error) when (!_hasAnswered)
        {
            var refused = new EngineUnreachableException(TlsErrors.Refused(endpoint, error), error);
            throw new IOException(refused.Message, refused);
        }
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
