using System.IO.Compression;
using System.Security.Cryptography;

namespace ComposePipCache.TestIndex.Pages;

/// <summary>What a rendered page depends on; the project is null for the list of projects.</summary>
internal sealed record PageKey(IndexFlavour Flavour, string? Project, PageFormat Format, string BaseUrl);

/// <summary>A page's bytes, plain and gzipped.</summary>
internal sealed class RenderedPage(byte[] bytes, long serial)
{
    private readonly Lazy<byte[]> _gzip = new(() => Compress(bytes));

    public byte[] Bytes => bytes;

    public byte[] Gzip => _gzip.Value;

    public long Serial => serial;

    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..22]}\"";

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
