using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Resolving;

/// <summary>One project that pip would install.</summary>
public sealed record ReportedProject
{
    /// <summary>The normalized name.</summary>
    public required string Name { get; init; }

    /// <summary>As the project's metadata spells it.</summary>
    public required string Version { get; init; }

    public required ReportedKind Kind { get; init; }

    /// <summary>Where it comes from; pip leaves credentials out.</summary>
    public required string Url { get; init; }

    /// <summary>The name of an archive, safe as a file's; null for all else.</summary>
    public string? FileName { get; init; }

    /// <summary>In lower-case hex; null where pip knows none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Asked for by a URL or a path, not by its name.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Asked for by the command itself, not by another project.</summary>
    public bool IsRequested { get; init; }

    /// <summary>Installed as a link to its folder.</summary>
    public bool IsEditable { get; init; }

    /// <summary>Withdrawn from the index; told from pip 23.3 on.</summary>
    public bool IsYanked { get; init; }

    public IReadOnlyList<Requirement> Requires { get; init; } = [];

    public override string ToString() => $"{Name}=={Version}";
}
