namespace ComposePipCache.Build.Engine;

/// <summary>Words every way TLS to an engine can fail.</summary>
internal static class TlsErrors
{
    /// <summary>The handshake broke off; the complaint is about the server's certificate, if that was it.</summary>
    public static ErrorText Handshake(EngineEndpoint endpoint, string? complaint, Exception error) => complaint is null
        ? DialErrors.Unreachable(
            endpoint,
            $"the TLS handshake failed: {Sentence(error)}",
            "check that the daemon speaks TLS on this port, and the client certificate")
        : DialErrors.Unreachable(
            endpoint,
            $"its certificate is not trusted: {complaint}",
            $"check that ca.pem of {endpoint.Tls?.Source} signed it and that it names {endpoint.Address.Name}");

    /// <summary>The handshake came to an end on our side, and the server hung up instead of answering.</summary>
    public static ErrorText Refused(EngineEndpoint endpoint, Exception? error) => DialErrors.Unreachable(
        endpoint,
        error is null
            ? "the daemon ended the TLS connection before it answered"
            : $"the daemon ended the TLS connection before it answered: {Sentence(error)}",
        endpoint.Tls?.CertificatePem is null
            ? "it probably wants a client certificate: set DOCKER_CERT_PATH, or add one to the context"
            : $"check the client certificate of {endpoint.Tls.Source}");

    private static string Sentence(Exception error) => error.GetBaseException().Message.TrimEnd('.');
}
