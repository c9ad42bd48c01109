using ComposePipCache.Python.Versions;

namespace ComposePipCache.Python.Index;

/// <summary>What is asked of one project: all its requirements and constraints together.</summary>
/// <param name="Project">The normalized name.</param>
/// <param name="Specifier">The versions that all of them take.</param>
public sealed record ProjectDemand(string Project, VersionSpecifier Specifier)
{
    /// <summary>The <c>--hash</c> options that are sha256, in lower-case hex.</summary>
    public IReadOnlyCollection<string> Sha256s { get; init; } = [];

    /// <summary>Any <c>--hash</c> at all.</summary>
    public bool HasHashes { get; init; }
}
