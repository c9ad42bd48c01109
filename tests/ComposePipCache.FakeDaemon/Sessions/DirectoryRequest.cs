using Grpc.Core;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>Which directory the engine wants, and what of it.</summary>
/// <param name="Name">The local source's name.</param>
public sealed record DirectoryRequest(string Name)
{
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public IReadOnlyList<string> FollowPaths { get; init; } = [];

    /// <summary>Whether values travel as BuildKit 0.12 and later send those that are not plain ASCII: query-escaped.</summary>
    public bool IsEncoded { get; init; }

    internal Metadata ToHeaders()
    {
        var headers = new Metadata();
        Add(headers, "dir-name", [Name]);
        Add(headers, "include-patterns", Include);
        Add(headers, "exclude-patterns", Exclude);
        Add(headers, "followpaths", FollowPaths);
        return headers;
    }

    private void Add(Metadata headers, string name, IReadOnlyList<string> values)
    {
        if (!IsEncoded || values.Count == 0)
        {
            HeaderFields.Add(headers, name, values);
            return;
        }

        HeaderFields.Add(headers, name, values.Select(value => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal)));
        headers.Add($"{name}-encoded", "1");
    }
}
