using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.TestIndex.Network;

/// <summary>Self-signed certificates, one for each way to be wrong.</summary>
internal sealed class Certificates(IReadOnlyList<string> names, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TlsMode, X509Certificate2> _made = [];

    public X509Certificate2 For(TlsMode mode)
    {
        lock (_lock)
        {
            return _made.TryGetValue(mode, out var known) ? known : _made[mode] = Make(mode);
        }
    }

    /// <summary>All of them, for a client that shall trust them and find only the intended fault.</summary>
    public string Pem() => string.Join('\n', new[] { TlsMode.Valid, TlsMode.Expired, TlsMode.WrongHost }
        .Select(mode => For(mode).ExportCertificatePem())) + "\n";

    private X509Certificate2 Make(TlsMode mode)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test-index {mode}", key, HashAlgorithmName.SHA256);
        var subjects = new SubjectAlternativeNameBuilder();
        foreach (var name in mode == TlsMode.WrongHost ? ["elsewhere.invalid"] : names)
        {
            Add(subjects, name);
        }

        request.CertificateExtensions.Add(subjects.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        var end = mode == TlsMode.Expired ? now.AddDays(-1) : now.AddDays(365);
        return request.CreateSelfSigned(now.AddDays(-30), end);
    }

    private static void Add(SubjectAlternativeNameBuilder subjects, string name)
    {
        if (IPAddress.TryParse(name, out var address))
        {
            subjects.AddIpAddress(address);
        }
        else
        {
            subjects.AddDnsName(name);
        }
    }
}
