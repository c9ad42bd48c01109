using System.Buffers;
using System.Text;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Index;

/// <summary>Turns the address of a link into a file, and hashes into what can be compared.</summary>
internal static class FileLink
{
    private const int Sha256Length = 64;
    private const string Sha256Mark = "sha256=";

    private static readonly SearchValues<char> HexCharacters = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/@");

    /// <summary>Null where pip would not take the file, or where nobody may keep it under that name.</summary>
    public static IndexFile? Resolve(Uri baseUri, string address)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var location = (hash < 0 ? address : address[..hash]).Trim();
        if (location.Length == 0 || !Uri.TryCreate(baseUri, location, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        var path = url.AbsolutePath;
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return FileKinds.Of(name) == FileKind.Other || !FileName.IsSafe(name)
            ? null
            : new IndexFile
            {
                FileName = name,
                Url = Quote(url),
                Sha256 = hash < 0 ? null : FragmentSha256(address.AsSpan(hash + 1)),
            };
    }

    /// <summary>The digest in lower case; null where it cannot be one.</summary>
    public static string? Sha256(ReadOnlySpan<char> text) =>
        text.Length == Sha256Length && text.IndexOfAnyExcept(HexCharacters) < 0
            ? text.ToString().ToLowerInvariant()
            : null;

    /// <summary>The digest of <c>sha256=…</c>.</summary>
    public static string? NamedSha256(ReadOnlySpan<char> text) =>
        text.StartsWith(Sha256Mark, StringComparison.Ordinal) ? Sha256(text[Sha256Mark.Length..]) : null;

    private static string? FragmentSha256(ReadOnlySpan<char> fragment)
    {
        foreach (var part in fragment.Split('&'))
        {
            if (NamedSha256(fragment[part]) is { } sha256)
            {
                return sha256;
            }
        }

        return null;
    }

    // pip writes a path in one spelling before it asks for it (_internal/models/link.py): + becomes %2B
    private static Uri Quote(Uri url)
    {
        var path = url.AbsolutePath;
        if (path.AsSpan().IndexOfAnyExcept(PathCharacters) < 0)
        {
            return url;
        }

        var quoted = new StringBuilder(url.GetLeftPart(UriPartial.Authority), path.Length * 2);
        for (var position = 0; position < path.Length; position++)
        {
            if (path[position] == '%' && position + 2 < path.Length)
            {
                quoted.Append(path.AsSpan(position, 3).ToString().ToUpperInvariant());
                position += 2;
            }
            else
            {
                var character = path.AsSpan(position, 1);
                _ = PathCharacters.Contains(character[0])
                    ? quoted.Append(character)
                    : quoted.Append(Uri.HexEscape(character[0]));
            }
        }

        return new Uri(quoted.Append(url.Query).ToString());
    }
}
