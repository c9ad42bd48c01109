namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>A command to run beside the script, in its container, with its user and its environment.</summary>
/// <param name="Arguments">The program first; no shell reads them.</param>
public sealed record RelayCommand(IReadOnlyList<string> Arguments)
{
    /// <summary>Variables on top of the script's own.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables it shall not have.</summary>
    public IReadOnlyList<string> Unset { get; init; } = [];

    /// <summary>Texts to write below <see cref="Relay.Folder"/> beforehand, by file name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it runs; null for where the script does.</summary>
    public string? Directory { get; init; }

    /// <summary>Receives what it writes to stdout and stderr, as it comes; null drops it.</summary>
    public Stream? Output { get; init; }
}
