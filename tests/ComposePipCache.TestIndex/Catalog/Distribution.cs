using System.Security.Cryptography;
using System.Text;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>One file of the index with all that its page says about it.</summary>
internal sealed record Distribution
{
    public required string Project { get; init; }

    public required string Version { get; init; }

    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset UploadTime { get; init; }

    public required IContent Content { get; init; }

    public string? RequiresPython { get; init; }

    public string? Yanked { get; init; }

    public string? MetadataSha256 { get; init; }

    /// <summary>The place below <c>/packages/</c>: two letters, two letters, the rest, the name.</summary>
    public string Location => field ??= Locate();

    public string ETag => $"\"{Sha256[..32]}\"";

    private string Locate()
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Sha256}/{FileName}")));
        return $"{key[..2]}/{key[2..4]}/{key[4..]}/{FileName}";
    }
}

/// <summary>Where a distribution's bytes come from.</summary>
internal interface IContent
{
    Body OpenFile();

    Body OpenMetadata();
}
