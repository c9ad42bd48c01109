using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Lets in the clients that were told: on a network they share, others see the port as well.</summary>
internal sealed class ProxyKey
{
    public string User { get; } = "pipcache";

    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Of an answer to those who do not know it.</summary>
    public static string Challenge => "Basic realm=\"docker pipcache\"";

    /// <summary>By the value of the header Proxy-Authorization.</summary>
    public bool Opens(string? header)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{Password}"));
        return header is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(expected));
    }
}
