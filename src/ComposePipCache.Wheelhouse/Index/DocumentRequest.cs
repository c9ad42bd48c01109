using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>An index page, or the metadata of a wheel.</summary>
/// <param name="Url">Without user, password and fragment.</param>
public sealed record DocumentRequest(Uri Url)
{
    /// <summary>The forms that whoever asks can read, as in the header.</summary>
    public string? Accept { get; init; }

    /// <summary>As in the header; goes to this URL's server alone and is kept nowhere.</summary>
    public string? Authorization { get; init; }

    /// <summary>What the page promised; such a document never changes, and a kept one is not asked for again.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Without the URL's query, which may hold a token.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);

    /// <summary>One for each answer a server may give; not to be guessed without the credentials.</summary>
    internal string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sha256 is { } sha256
        ? $"sha256\n{sha256.ToLowerInvariant()}\n{Authorization}"
        : $"url\n{Url.AbsoluteUri}\n{Form}\n{Authorization}")));

    // pip's own header differs from version to version, what servers make of it does not.
    private string Form => Accept?.Contains("application/vnd.pypi.simple.v1+json", StringComparison.Ordinal) == true
        ? "json"
        : "html";
}
