namespace ComposePipCache.Cli.Settings;

/// <summary>What the user says of the network.</summary>
internal enum NetworkUse
{
    /// <summary>Decide when a step runs.</summary>
    Auto,

    /// <summary>Touch no index.</summary>
    Offline,

    /// <summary>Never fall back to what is on the disk.</summary>
    Online,
}
