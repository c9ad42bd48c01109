namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>A service that was asked for, and what became of it.</summary>
/// <param name="Name">As in the compose file.</param>
/// <param name="State"><c>built</c>, <c>prepared</c>, <c>unbuilt</c>, <c>failed</c>; else that of its image.</param>
internal sealed record FetchedService(string Name, string State)
{
    public const string Built = "built";
    public const string Prepared = "prepared";
    public const string Unbuilt = "unbuilt";
    public const string Failed = "failed";
}
