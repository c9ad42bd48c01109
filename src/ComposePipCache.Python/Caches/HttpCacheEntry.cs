using System.Text;

namespace ComposePipCache.Python.Caches;

/// <summary>Where pip keeps the body of an HTTP answer below its cache folder.</summary>
/// <remarks>pip _internal/network/cache.py and the file cache of its CacheControl; documented by pip as internal.</remarks>
public static class HttpCacheEntry
{
    /// <summary>pip 23.3 and later: the body lies in a file of its own, as it came.</summary>
    public static string BodyPath(string url) => $"http-v2/{Path(url)}.body";

    /// <summary>pip 10 to 23.2: head and body in one file, see <see cref="LegacyEntry"/>.</summary>
    public static string LegacyPath(string url) => $"http/{Path(url)}";

    private static string Path(string url)
    {
        var key = Sha224.Hex(Encoding.UTF8.GetBytes(Normalize(url)));
        return $"{key[0]}/{key[1]}/{key[2]}/{key[3]}/{key[4]}/{key}";
    }

    /// <summary>Scheme and host in lower case, no fragment, at least a slash as path.</summary>
    private static string Normalize(string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        var text = fragment < 0 ? url : url[..fragment];
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (authority < 3)
        {
            return text;
        }

        var path = text.IndexOfAny(['/', '?'], authority);
        return path < 0
            ? text.ToLowerInvariant() + "/"
            : text[..path].ToLowerInvariant() + (text[path] == '?' ? "/" : "") + text[path..];
    }
}
