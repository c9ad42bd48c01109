using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Signs a certificate for each host that a client in the container wants to talk with.</summary>
/// <remarks>Its key never leaves this process's memory, and nothing it signs is good for longer than a day.</remarks>
internal sealed class ThrowawayAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    // Clocks of builders may be behind ours.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> _leaves =
        new(StringComparer.OrdinalIgnoreCase);

    private readonly X509Certificate2 _authority;
    private readonly DateTimeOffset _from;

    public ThrowawayAuthority(TimeProvider time)
    {
        _from = time.GetUtcNow() - Tolerance;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN=docker pipcache {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(_from, _from + Tolerance + Lifetime);
    }

    /// <summary>What clients have to trust.</summary>
    public string Pem => _authority.ExportCertificatePem() + "\n";

    /// <summary>The certificate of a host name or an address.</summary>
    public SslStreamCertificateContext CertificateOf(string host) => _leaves.GetOrAdd(host, Sign);

    public void Dispose()
    {
        foreach (var leaf in _leaves.Values)
        {
            leaf.TargetCertificate.Dispose();
        }

        _authority.Dispose();
    }

    private SslStreamCertificateContext Sign(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The name is in the extension, where clients look; in the subject it may be too long.
        var request = new CertificateRequest("CN=docker pipcache", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // serverAuth
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(Subjects(host));
        using var certificate = request.Create(
            _authority, _from, _from + Tolerance + Lifetime, RandomNumberGenerator.GetBytes(16));
        return SslStreamCertificateContext.Create(
            certificate.CopyWithPrivateKey(key), additionalCertificates: null, offline: true);
    }

    private static X509Extension Subjects(string host)
    {
        var subjects = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            subjects.AddIpAddress(address);
        }
        else
        {
            subjects.AddDnsName(host);
        }

        return subjects.Build(critical: true);
    }
}
