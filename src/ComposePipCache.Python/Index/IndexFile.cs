namespace ComposePipCache.Python.Index;

/// <summary>A wheel or an sdist that a project's page offers.</summary>
public sealed record IndexFile
{
    /// <summary>The last part of the URL, decoded; safe as the name of a file.</summary>
    public required string FileName { get; init; }

    /// <summary>Absolute, without a fragment; a user and password of the page's own URL are in it.</summary>
    public required Uri Url { get; init; }

    /// <summary>In lower-case hex; null where the page promises none, or one of another kind alone.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The interpreters it is for, as in <c>&gt;=3.9</c>; not checked.</summary>
    public string? RequiresPython { get; init; }

    /// <summary>Withdrawn: pip takes it only for a requirement that names just this version (PEP 592).</summary>
    public bool IsYanked { get; init; }

    /// <summary>The index has the wheel's METADATA as a file of its own (PEP 658).</summary>
    public bool HasMetadata { get; init; }

    /// <summary>The sha256 of that file, where the page tells it.</summary>
    public string? MetadataSha256 { get; init; }

    /// <summary>In bytes, where the page tells it (PEP 700).</summary>
    public long? Size { get; init; }

    /// <summary>Where the METADATA lies; null when the index has none.</summary>
    public Uri? MetadataUrl => HasMetadata ? new Uri(Url.AbsoluteUri + ".metadata") : null;

    /// <summary>Without the URL, which may hold a password.</summary>
    public override string ToString() => FileName;
}
