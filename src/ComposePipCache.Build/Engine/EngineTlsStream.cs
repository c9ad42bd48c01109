using System.Net.Security;

namespace ComposePipCache.Build.Engine;

/// <summary>A TLS stream that explains a refused client certificate.</summary>
/// <remarks>In TLS 1.3 the client speaks last in the handshake: such a refusal shows at the first read.</remarks>
internal sealed class EngineTlsStream(Stream inner, EngineEndpoint endpoint, ServerCertificateJudge judge)
    : SslStream(inner, leaveInnerStreamOpen: false, (_, _, chain, errors) => judge.Accepts(chain, errors))
{
    private bool _hasAnswered;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            _hasAnswered |= count > 0;
            return _hasAnswered || buffer.IsEmpty ? count : throw Refused(null);
        }
        catch (IOException error) when (!_hasAnswered && EngineUnreachableException.Find(error) is null)
        {
            throw Refused(error);
        }
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private IOException Refused(IOException? error)
    {
        var refused = new EngineUnreachableException(TlsErrors.Refused(endpoint, error), error);
        return new IOException(refused.Message, refused);
    }
}
