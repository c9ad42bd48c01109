using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Build.Engine;

/// <summary>Turns PEM text into the options of a TLS client, with docker's rules of trust.</summary>
internal sealed class TlsClient : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _chain = [];
    private readonly X509Certificate2? _certificate;

    public TlsClient(TlsMaterial material, string hostName)
    {
        Options = new SslClientAuthenticationOptions { TargetHost = hostName };
        if (material.CaPem is { } authorities && !material.IsVerificationSkipped)
        {
            TrustOnly(authorities, material.Source);
        }

        if (material is { CertificatePem: { } certificate, KeyPem: { } key })
        {
            _certificate = LoadCertificate(certificate, key, material.Source);
            Options.ClientCertificateContext =
                SslStreamCertificateContext.Create(_certificate, _chain, offline: true);
        }
    }

    public SslClientAuthenticationOptions Options { get; }

    public void Dispose()
    {
        _certificate?.Dispose();
        foreach (var certificate in _authorities.Concat(_chain))
        {
            certificate.Dispose();
        }
    }

    // As in docker, a CA file replaces the system's authorities instead of adding to them.
    private void TrustOnly(string pem, string source)
    {
        Import(_authorities, pem, "ca.pem", source);
        Options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        Options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
    }

    private X509Certificate2 LoadCertificate(string certificatePem, string keyPem, string source)
    {
        if (keyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw Invalid(source, "the private key in key.pem is encrypted, which docker does not support");
        }

        Import(_chain, certificatePem, "cert.pem", source);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            return OperatingSystem.IsWindows() ? Persisted(certificate) : certificate;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Invalid(source, $"cert.pem and key.pem: {error.Message}", error);
        }
    }

    // Windows' own TLS does not take keys that live in memory alone.
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private static void Import(X509Certificate2Collection target, string pem, string file, string source)
    {
        try
        {
            target.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw Invalid(source, $"{file}: {error.Message}", error);
        }

        if (target.Count == 0)
        {
            throw Invalid(source, $"{file} holds no certificate");
        }
    }

    private static PipCacheException Invalid(string source, string reason, Exception? inner = null) =>
        new(EngineErrors.InvalidPem(source, reason), inner);
}
