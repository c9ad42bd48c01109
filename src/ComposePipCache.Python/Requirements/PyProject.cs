namespace ComposePipCache.Python.Requirements;

/// <summary>The requirements that a <c>pyproject.toml</c> writes down as plain lists.</summary>
/// <remarks>
/// Of TOML only tables, keys and lists of strings are read: enough for what packaging tools write. Dotted and inline
/// tables are passed over.
/// </remarks>
public static class PyProject
{
    /// <summary>What pip takes when a project names no build requirements; wheel no longer from 24.0 on.</summary>
    public static IReadOnlyList<string> DefaultBuildRequirements { get; } = ["setuptools>=40.8.0", "wheel"];

    /// <summary>What has to be there to build the project.</summary>
    /// <param name="text">The file; null for a project that has none.</param>
    public static IReadOnlyList<string> BuildRequirements(string? text) =>
        (text is null ? null : TomlLists.Find(text, "build-system", "requires")) ?? DefaultBuildRequirements;

    /// <summary>What the project itself requires; empty where its backend decides.</summary>
    public static IReadOnlyList<string> Dependencies(string text, IEnumerable<string> extras) =>
    [
        .. TomlLists.Find(text, "project", "dependencies") ?? [],
        .. extras.SelectMany(extra => TomlLists.Find(text, "project.optional-dependencies", extra) ?? []),
    ];
}
