namespace ComposePipCache.Cli.Settings;

/// <summary>One of our options as it stood on the command line.</summary>
internal readonly record struct FlagUse(PipCacheFlag Flag, string? Value)
{
    public string Source => $"--{Flag.Name}";
}
