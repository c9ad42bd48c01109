using ComposePipCache.TestIndex.Http;
using ComposePipCache.TestIndex.Serving;

namespace ComposePipCache.TestIndex.Faults;

/// <summary>What a rule may look at.</summary>
internal sealed record RequestFacts(RequestKind Kind, string Path)
{
    public string? Project { get; init; }

    public string Method { get; init; } = "GET";

    public bool HasRange { get; init; }

    public string? UserAgent { get; init; }

    public static RequestFacts Of(RequestHead head, Route route) => new(route.Kind, head.Path)
    {
        Project = route.Project,
        Method = head.Method,
        HasRange = head["Range"] is not null,
        UserAgent = head["User-Agent"],
    };

    public bool Satisfies(RequestMatch match) =>
        (match.Kind ?? Kind) == Kind
        && (match.HasRange ?? HasRange) == HasRange
        && (match.Project is null || Catalog.ProjectName.Normalize(match.Project) == Project)
        && (match.Method is null || string.Equals(match.Method, Method, StringComparison.OrdinalIgnoreCase))
        && (match.Path is null || Glob.IsMatch(match.Path, Path))
        && (match.UserAgent is null || Glob.IsMatch(match.UserAgent, UserAgent ?? ""));
}
