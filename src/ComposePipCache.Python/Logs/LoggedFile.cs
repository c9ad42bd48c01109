using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Logs;

/// <summary>A wheel or sdist that pip used or downloaded, as its log tells.</summary>
/// <remarks>
/// The URL has no credentials and no fragment; it is null where the log names the file alone. The sha256 is there where
/// the link carried one: always from HTML pages that have it, never from JSON pages.
/// </remarks>
public sealed record LoggedFile(string FileName, string? Url, string? Sha256, FileKind Kind, FileSource Source)
{
    /// <summary>The index page or page of links the file was found on; null for folders and direct URLs.</summary>
    public string? Page { get; init; }

    /// <summary>Taken from pip's HTTP cache: the index sent no byte of it.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>pip had a user and password for this host.</summary>
    public bool NeedsCredentials { get; init; }
}
