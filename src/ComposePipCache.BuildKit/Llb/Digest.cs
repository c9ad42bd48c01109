using System.Security.Cryptography;

namespace ComposePipCache.BuildKit.Llb;

/// <summary>The name of an op: <c>sha256:</c> and the hex of its bytes' hash.</summary>
public static class Digest
{
    /// <summary>Computes the name of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return "sha256:" + Convert.ToHexStringLower(hash);
    }
}
