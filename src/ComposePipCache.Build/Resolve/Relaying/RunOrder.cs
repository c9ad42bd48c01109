namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>A command as the script is told of it.</summary>
internal sealed record RunOrder(
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Set,
    IReadOnlyList<string> Unset,
    IReadOnlyDictionary<string, string> Files,
    string? Directory);
