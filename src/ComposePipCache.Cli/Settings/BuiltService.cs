namespace ComposePipCache.Cli.Settings;

/// <summary>A service that compose has built, and whether it wants us; null when it does not say.</summary>
internal sealed record BuiltService(string Name, bool? IsEnabled)
{
    /// <summary>What compose calls it in the definition that its builder gets.</summary>
    public string Target => Name.Replace('.', '_');
}
