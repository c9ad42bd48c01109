namespace ComposePipCache.Python.Resolving;

/// <summary>What a command is given when it is run to learn which files it would install.</summary>
public sealed record ResolveSettings
{
    /// <summary>The version of the step's pip, as in 23.0.</summary>
    public required string PipVersion { get; init; }

    /// <summary>A folder of the container, which is there; each command gets a name of its own in it.</summary>
    public required string Folder { get; init; }
}
