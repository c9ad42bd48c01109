namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>A pip step, as far as it is known without building.</summary>
internal sealed record FetchedStep(string Service, string Name, bool IsKnown, int Files, IReadOnlyList<string> Missing);
