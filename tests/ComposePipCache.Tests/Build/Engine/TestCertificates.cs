using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Tests.Build.Engine;

/// <summary>An authority made on the spot, and certificates it signs.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _authority;
    private int _serial;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, To);
    }

    public string AuthorityPem => _authority.ExportCertificatePem();

    public X509Certificate2 Server(string name = "127.0.0.1")
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        var (certificate, key) = Sign(name, names.Build());
        using (certificate)
        using (key)
        {
            // The server side of SslStream wants a certificate that is joined with its key for good.
            using var joined = certificate.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), null);
        }
    }

    public (string Certificate, string Key) Client()
    {
        var (certificate, key) = Sign("client", null);
        using (certificate)
        using (key)
        {
            return (certificate.ExportCertificatePem(), key.ExportECPrivateKeyPem());
        }
    }

    public void Dispose() => _authority.Dispose();

    private (X509Certificate2 Certificate, ECDsa Key) Sign(string name, X509Extension? extension)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        return (request.Create(_authority, From, To, [(byte)++_serial]), key);
    }
}
