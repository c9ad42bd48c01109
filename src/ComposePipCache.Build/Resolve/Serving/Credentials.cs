using System.Collections.Concurrent;
using System.Text;
using ComposePipCache.Wheelhouse.Downloads;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>What pip has said to each server, so that reading ahead is let in as well; in memory alone.</summary>
internal sealed class Credentials
{
    private const string Basic = "Basic ";

    private readonly ConcurrentDictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public void Remember(Uri url, string header) => _headers[OriginOf(url)] = header;

    public string? HeaderFor(Uri url) => _headers.GetValueOrDefault(OriginOf(url));

    /// <summary>Null for a header of another kind than user and password.</summary>
    public static DownloadCredentials? Parse(string? header)
    {
        if (header is null || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header[Basic.Length..].Trim())).Split(':', 2);
            return pair.Length == 2 ? new DownloadCredentials(pair[0], pair[1]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static string OriginOf(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
