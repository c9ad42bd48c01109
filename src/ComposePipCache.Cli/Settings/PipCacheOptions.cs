namespace ComposePipCache.Cli.Settings;

/// <summary>What the user asked of us, over and above what compose is asked.</summary>
internal sealed record PipCacheOptions
{
    /// <summary>True: touch no index. False: never fall back. Null: decide when a step runs.</summary>
    public bool? IsOffline { get; init; }

    public bool IsDisabled { get; init; }

    public IReadOnlyList<string> FindLinks { get; init; } = [];

    public bool IsRefresh { get; init; }

    public TimeSpan? RefreshAfter { get; init; }

    public int? Retries { get; init; }

    public bool IsStrict { get; init; }
}
