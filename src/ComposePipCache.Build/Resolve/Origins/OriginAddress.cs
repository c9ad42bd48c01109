using System.Net;
using System.Net.Sockets;

namespace ComposePipCache.Build.Resolve.Origins;

/// <summary>Tells servers elsewhere from this machine itself.</summary>
internal static class OriginAddress
{
    /// <summary>False for loopback, for "any", and for the own link, where clouds keep credentials (169.254.169.254).</summary>
    public static bool IsOutside(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !IPAddress.IsLoopback(plain) && !plain.IsIPv6LinkLocal
            && !plain.Equals(IPAddress.Any) && !plain.Equals(IPAddress.IPv6Any)
            && !(plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }
}
