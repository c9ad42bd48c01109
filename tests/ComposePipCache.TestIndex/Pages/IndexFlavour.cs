namespace ComposePipCache.TestIndex.Pages;

/// <summary>One of the indexes under this server: same files, different manners.</summary>
internal sealed record IndexFlavour(string Name, string Simple, string Files)
{
    public bool HasJson { get; init; } = true;

    public bool HasMetadata { get; init; } = true;

    public bool HasHashes { get; init; } = true;

    public bool HasRelativeLinks { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Like the public index: absolute links, JSON, metadata files, hashes.</summary>
    public static IndexFlavour Public { get; } = new("public", "/simple/", "/packages/");

    /// <summary>Like devpi: relative links, HTML alone, no metadata files.</summary>
    public static IndexFlavour Devpi { get; } = new("devpi", "/devpi/simple/", "/devpi/+f/")
    {
        HasJson = false,
        HasMetadata = false,
        HasRelativeLinks = true,
    };

    /// <summary>Pages and files only with a user name and a password.</summary>
    public static IndexFlavour Private { get; } = new("private", "/private/simple/", "/private/packages/")
    {
        IsPrivate = true,
    };

    /// <summary>An index that tells no hashes.</summary>
    public static IndexFlavour Hashless { get; } = new("nohash", "/nohash/simple/", "/nohash/packages/")
    {
        HasHashes = false,
        HasMetadata = false,
    };

    public static IReadOnlyList<IndexFlavour> All { get; } = [Public, Devpi, Private, Hashless];
}
