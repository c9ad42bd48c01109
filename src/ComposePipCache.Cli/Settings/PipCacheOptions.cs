namespace ComposePipCache.Cli.Settings;

/// <summary>What the user asked of us in one place, over and above what compose is asked; null is nothing.</summary>
internal sealed record PipCacheOptions
{
    public NetworkUse? Network { get; init; }

    public bool? IsDisabled { get; init; }

    public IReadOnlyList<FindLinksFolder>? FindLinks { get; init; }

    public bool? IsRefresh { get; init; }

    public TimeSpan? RefreshAfter { get; init; }

    public int? Retries { get; init; }

    public bool? IsStrict { get; init; }

    /// <summary>How many bytes the wheelhouse may take.</summary>
    public long? MaxSize { get; init; }

    /// <summary>These, and where they say nothing what another place says.</summary>
    public PipCacheOptions Over(PipCacheOptions other) => new()
    {
        Network = Network ?? other.Network,
        IsDisabled = IsDisabled ?? other.IsDisabled,
        FindLinks = FindLinks ?? other.FindLinks,
        IsRefresh = IsRefresh ?? other.IsRefresh,
        RefreshAfter = RefreshAfter ?? other.RefreshAfter,
        Retries = Retries ?? other.Retries,
        IsStrict = IsStrict ?? other.IsStrict,
        MaxSize = MaxSize ?? other.MaxSize,
    };
}
