using System.Net;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.TestIndex;

/// <summary>What an index serves, and where.</summary>
public sealed record IndexOptions
{
    /// <summary>Folders of wheels and sdists; a file <c>NAME.yanked</c> with a reason yanks its neighbour.</summary>
    public IReadOnlyList<string> WheelFolders { get; init; } = [];

    /// <summary>Projects whose pages are made long.</summary>
    public IReadOnlyList<ReleaseHistory> Histories { get; init; } = [];

    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    public IPEndPoint? ListenTls { get; init; }

    public IPEndPoint? Control { get; init; }

    /// <summary>Host names in the certificates, besides localhost.</summary>
    public IReadOnlyList<string> TlsNames { get; init; } = [];

    /// <summary>Start of the links to files, when they shall be on another host name; no slash at the end.</summary>
    public string? FilesUrl { get; init; }

    /// <summary>What <c>/private/</c> asks for.</summary>
    public string PrivateCredentials { get; init; } = "user:password";

    /// <summary>Where digests are kept between starts; null keeps none.</summary>
    public string? DigestFile { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
