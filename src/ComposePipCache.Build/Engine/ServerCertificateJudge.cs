using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.Build.Engine;

/// <summary>Accepts or refuses the certificate of one connection, and remembers the reason.</summary>
internal sealed class ServerCertificateJudge(EngineEndpoint endpoint)
{
    /// <summary>Why the certificate was refused; null if it was not.</summary>
    public string? Complaint { get; private set; }

    public bool Accepts(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None && endpoint.Tls is not { IsVerificationSkipped: true })
        {
            Complaint = Explain(chain, errors);
        }

        return Complaint is null;
    }

    private string Explain(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "there is none";
        }

        var reasons = (chain?.ChainStatus ?? []).Select(status => $"{status.Status}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons = reasons.Append($"it is not made for {endpoint.Address.Name}");
        }

        return string.Join(", ", reasons.Distinct(StringComparer.Ordinal));
    }
}
