using ComposePipCache.BuildKit.Session.FileSync.Paths;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>What the daemon wants of one local source.</summary>
/// <param name="Name">The local source.</param>
public sealed record DirectoryRequest(string Name)
{
    /// <summary>Only what matches is sent; empty for everything.</summary>
    public IReadOnlyList<string> IncludePatterns { get; init; } = [];

    /// <summary>What matches is not sent: the lines of a .dockerignore.</summary>
    public IReadOnlyList<string> ExcludePatterns { get; init; } = [];

    /// <summary>More to include: these paths, and all that links on the way lead to.</summary>
    public IReadOnlyList<string> FollowPaths { get; init; } = [];

    /// <summary>
    /// Reads the metadata of the call. Take the headers of the HTTP request: gRPC's own view joins repeated ones.
    /// </summary>
    public static DirectoryRequest FromHeaders(IHeaderDictionary headers) =>
        new(Values(headers, "dir-name").FirstOrDefault() ?? "")
        {
            IncludePatterns = Values(headers, "include-patterns"),
            ExcludePatterns = Values(headers, "exclude-patterns"),
            FollowPaths = Values(headers, "followpaths"),
        };

    private static List<string> Values(IHeaderDictionary headers, string key)
    {
        // BuildKit from 0.12 on escapes all values of a key when one is not ASCII.
        var isEscaped = headers[key + "-encoded"] is ["1" or "t" or "T" or "true" or "TRUE" or "True", ..];
        return [.. headers[key].OfType<string>().Select(value => isEscaped ? QueryEscape.Decode(value) : value)];
    }
}
