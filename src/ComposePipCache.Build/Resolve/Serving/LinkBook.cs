using System.Collections.Concurrent;
using ComposePipCache.Python.Index;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>What pages have promised of the files they link to.</summary>
internal sealed class LinkBook
{
    private const string MetadataEnding = ".metadata";

    private readonly ConcurrentDictionary<string, IndexFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _seen = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<IndexFile> files)
    {
        foreach (var file in files)
        {
            // The page that promises a digest is believed rather than one that promises nothing.
            _files.AddOrUpdate(
                KeyOf(file.Url), file, (_, known) => file.Sha256 is null && known.Sha256 is not null ? known : file);
        }
    }

    public IndexFile? Find(Uri url) => _files.GetValueOrDefault(KeyOf(url));

    /// <summary>The file whose metadata lies at this URL.</summary>
    public IndexFile? FindByMetadata(Uri url) => KeyOf(url) is var key
        && key.EndsWith(MetadataEnding, StringComparison.Ordinal)
            ? _files.GetValueOrDefault(key[..^MetadataEnding.Length])
            : null;

    /// <summary>Remembers what came from a URL that no page promised a digest of.</summary>
    public void Remember(Uri url, string sha256) => _seen[KeyOf(url)] = sha256;

    /// <summary>The digest that was promised or seen.</summary>
    public string? Sha256Of(Uri url) => Find(url)?.Sha256 ?? _seen.GetValueOrDefault(KeyOf(url));

    // pip asks without the credentials that a page's own links may carry, and escapes a `+` where the page may not.
    private static string KeyOf(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
        + Uri.UnescapeDataString(url.AbsolutePath) + url.Query;
}
