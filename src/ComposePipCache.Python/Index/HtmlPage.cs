using System.Net;
using System.Text;

namespace ComposePipCache.Python.Index;

/// <summary>The anchors of a page as pip reads them; nothing else of HTML matters to it.</summary>
internal static class HtmlPage
{
    public static List<IndexFile> Parse(string html, Uri baseUri)
    {
        var anchors = new List<Anchor>();
        Uri? named = null;
        var tags = new HtmlTags(html);
        while (tags.Read())
        {
            if (!tags.Is("a") && (named is not null || !tags.Is("base")))
            {
                continue;
            }

            var isAnchor = tags.Is("a");
            var read = Anchor.Read(ref tags);
            if (isAnchor && tags.IsComplete)
            {
                anchors.Add(read);
            }
            else if (!isAnchor && read.Address is { } address)
            {
                // it counts for the links in front of it as well
                named = Uri.TryCreate(baseUri, address.Trim(), out var absolute) ? absolute : null;
            }
        }

        var files = new List<IndexFile>(anchors.Count);
        foreach (var anchor in anchors)
        {
            if (anchor.Resolve(named ?? baseUri) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
    }

    /// <summary>By the charset of the header, else as UTF-8; what is no such text is replaced.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string contentType)
    {
        var charset = contentType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        var name = charset < 0 ? "" : contentType[(charset + "charset=".Length)..].Split(';')[0].Trim(' ', '"', '\'');
        try
        {
            return (name.Length == 0 ? Encoding.UTF8 : Encoding.GetEncoding(name)).GetString(body);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    private readonly record struct Anchor(
        string? Address, string? RequiresPython, bool IsYanked, string? Metadata, string? OldMetadata)
    {
        public static Anchor Read(ref HtmlTags tags)
        {
            var anchor = default(Anchor);
            while (tags.ReadAttribute(out var name, out var value))
            {
                anchor = name switch
                {
                    _ when Named(name, "href") => anchor with { Address = Text(value) },
                    _ when Named(name, "data-requires-python") => anchor with { RequiresPython = Text(value) },
                    _ when Named(name, "data-yanked") => anchor with { IsYanked = true },
                    _ when Named(name, "data-core-metadata") => anchor with { Metadata = Text(value) },
                    _ when Named(name, "data-dist-info-metadata") => anchor with { OldMetadata = Text(value) },
                    _ => anchor,
                };
            }

            return anchor;
        }

        public IndexFile? Resolve(Uri baseUri)
        {
            if (Address is null || FileLink.Resolve(baseUri, Address) is not { } file)
            {
                return null;
            }

            var metadata = Metadata ?? OldMetadata;
            return file with
            {
                RequiresPython = string.IsNullOrWhiteSpace(RequiresPython) ? null : RequiresPython.Trim(),
                IsYanked = IsYanked,
                HasMetadata = metadata is not (null or "" or "false"),
                MetadataSha256 = FileLink.NamedSha256(metadata),
            };
        }

        private static bool Named(ReadOnlySpan<char> name, string expected) =>
            name.Equals(expected, StringComparison.OrdinalIgnoreCase);

        private static string Text(ReadOnlySpan<char> value) =>
            value.Contains('&') ? WebUtility.HtmlDecode(value.ToString()) : value.ToString();
    }
}
