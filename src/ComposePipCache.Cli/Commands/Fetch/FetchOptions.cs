namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>What was typed behind <c>fetch</c>.</summary>
internal sealed record FetchOptions
{
    /// <summary>None stands for all services of the active profiles.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public bool IsDryRun { get; init; }

    public bool IsWithoutBuilding { get; init; }

    /// <summary>One JSON document on standard output; all else goes to standard error.</summary>
    public bool IsJson { get; init; }

    /// <summary>Such as <c>linux/arm64</c>; null for what compose takes by itself.</summary>
    public string? Platform { get; init; }
}
