namespace ComposePipCache.Python.Requirements;

/// <summary>Where a requirement's files come from.</summary>
public enum RequirementKind
{
    /// <summary>A project's name: its files come from an index or from find-links.</summary>
    Named,

    /// <summary>A folder or a file of the image.</summary>
    Local,

    /// <summary>A file behind a URL.</summary>
    DirectUrl,

    /// <summary>A repository: git and its relatives.</summary>
    VersionControl,
}
