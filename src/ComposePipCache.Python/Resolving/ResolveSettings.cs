namespace ComposePipCache.Python.Resolving;

/// <summary>What a command is given when it is run to learn which files it would install.</summary>
public sealed record ResolveSettings
{
    /// <summary>The version of the step's pip, as in 23.0.</summary>
    public required string PipVersion { get; init; }

    /// <summary>A folder of the container, which is there; each command gets a name of its own in it.</summary>
    public required string Folder { get; init; }

    /// <summary>The proxy that pip's traffic goes through; null for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>The file with the certificates that pip trusts there; null for its own.</summary>
    public string? Certificates { get; init; }

    /// <summary>How long pip waits for each piece of an answer, in seconds.</summary>
    public int Timeout { get; init; } = 60;
}
