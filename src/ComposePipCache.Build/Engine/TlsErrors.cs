using System.Security.Authentication;

namespace ComposePipCache.Build.Engine;

/// <summary>Words every way TLS to an engine can fail.</summary>
internal static class TlsErrors
{
    public static ErrorText Handshake(EngineEndpoint endpoint, Exception error)
    {
        var reason = Innermost(error);
        return error is AuthenticationException && IsAboutCertificate(error)
            ? DialErrors.Unreachable(
                endpoint,
                $"its certificate is not trusted: {Sentence(error)}",
                $"check that ca.pem of {endpoint.Tls?.Source} signed it and that it names {endpoint.Address.Name}")
            : DialErrors.Unreachable(
                endpoint,
                $"the TLS handshake failed: {reason}",
                "check that the daemon speaks TLS on this port, and the client certificate");
    }

    public static ErrorText Refused(EngineEndpoint endpoint, Exception error) => DialErrors.Unreachable(
        endpoint,
        $"the daemon ended the TLS connection: {Innermost(error)}",
        endpoint.Tls?.CertificatePem is null
            ? "it probably wants a client certificate: set DOCKER_CERT_PATH, or add one to the context"
            : $"check the client certificate of {endpoint.Tls.Source}");

    // The runtime raises this failure itself, without an inner one, once it has judged the certificate.
    private static bool IsAboutCertificate(Exception error) => error.InnerException is null;

    private static string Innermost(Exception error) => Sentence(error.GetBaseException());

    private static string Sentence(Exception error) => error.Message.TrimEnd('.');
}
