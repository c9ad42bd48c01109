namespace ComposePipCache.Build.Engine;

/// <summary>The name of an image, completed as docker completes it.</summary>
/// <param name="Repository">With its host: <c>docker.io/library/python</c>.</param>
/// <param name="Tag">Null where only a digest was given.</param>
/// <param name="Digest"><c>sha256:…</c>, or null.</param>
public sealed record ImageName(string Repository, string? Tag, string? Digest)
{
    private const string Hub = "docker.io";
    private const string HubLibrary = "docker.io/library/";
    private const string DefaultTag = "latest";

    /// <summary>The registry, as docker's configuration names it.</summary>
    public string Host => Repository[..Repository.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>What is asked of a registry: the digest where there is one, else the tag.</summary>
    public string TagOrDigest => Digest ?? Tag ?? DefaultTag;

    /// <summary>What stands for one image in an engine's store.</summary>
    public string Reference => Digest is null ? $"{Repository}:{TagOrDigest}" : $"{Repository}@{Digest}";

    /// <summary>As users write it: <c>python:3.13</c>.</summary>
    public string Familiar =>
        Reference.StartsWith(HubLibrary, StringComparison.Ordinal) ? Reference[HubLibrary.Length..]
        : Reference.StartsWith(Hub + "/", StringComparison.Ordinal) ? Reference[(Hub.Length + 1)..]
        : Reference;

    /// <summary>Completes <c>python</c> to <c>docker.io/library/python:latest</c>.</summary>
    /// <remarks>As distribution/reference normalize.go does.</remarks>
    public static ImageName Parse(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : reference[(at + 1)..];
        var named = at < 0 ? reference : reference[..at];
        // A colon before the last slash belongs to a port.
        var colon = named.IndexOf(':', named.LastIndexOf('/') + 1);
        var tag = colon >= 0 ? named[(colon + 1)..] : digest is null ? DefaultTag : null;
        return new ImageName(Complete(colon < 0 ? named : named[..colon]), tag, digest);
    }

    private static string Complete(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return HubLibrary + repository;
        }

        var first = repository[..slash];
        var isHost = first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost";
        return isHost ? repository : $"{Hub}/{repository}";
    }
}
