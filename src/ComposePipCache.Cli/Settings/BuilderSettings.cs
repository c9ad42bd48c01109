using ComposePipCache.Build;
using ComposePipCache.Build.Fetch;

namespace ComposePipCache.Cli.Settings;

/// <summary>What the command line hands to the builder that compose starts: the content of PIPCACHE_SETTINGS.</summary>
internal sealed record BuilderSettings
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The folder of <c>docker --config</c>; compose tells its builder nothing of it.</summary>
    public string? DockerConfig { get; init; }

    /// <summary>Where the command line keeps its files: the builder may start elsewhere.</summary>
    public string? CacheDirectory { get; init; }

    public bool? Offline { get; init; }

    public IReadOnlyList<string>? FindLinks { get; init; }

    public bool? Refresh { get; init; }

    public long? RefreshAfterSeconds { get; init; }

    public int? Retries { get; init; }

    public bool? Strict { get; init; }

    public long? MaxSize { get; init; }

    /// <summary>Whether images go to the engine's store before the build needs them.</summary>
    public bool? Fetch { get; init; }

    /// <summary>The targets that nothing of ours may touch.</summary>
    public IReadOnlyList<string>? DisabledTargets { get; init; }

    /// <summary>Carries over what is set.</summary>
    public static BuilderSettings From(PipCacheOptions options, IReadOnlyList<string> disabledTargets) => new()
    {
        Offline = options.Network switch
        {
            NetworkUse.Offline => true,
            NetworkUse.Online => false,
            _ => null,
        },
        FindLinks = options.FindLinks is { Count: > 0 } folders ? [.. folders.Select(folder => folder.Path)] : null,
        Refresh = options.IsRefresh is true ? true : null,
        RefreshAfterSeconds = options.RefreshAfter is { } after ? (long)after.TotalSeconds : null,
        Retries = options.Retries,
        Strict = options.IsStrict is true ? true : null,
        MaxSize = options.MaxSize,
        DisabledTargets = disabledTargets is [] ? null : disabledTargets,
    };

    /// <summary>The same for the builder, defaults filled in.</summary>
    /// <param name="announcementsFile">Where to leave announcements when there is no progress to show them in.</param>
    public PipSettings ToPipSettings(string? announcementsFile) => new()
    {
        IsOffline = Offline,
        FindLinks = FindLinks ?? [],
        IsRefresh = Refresh == true,
        RefreshAfter = RefreshAfterSeconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : PipSettings.DefaultRefreshAfter,
        Retries = Retries ?? PipSettings.DefaultRetries,
        IsStrict = Strict == true,
        MaxSize = MaxSize,
        DisabledTargets = DisabledTargets ?? [],
        AnnouncementsFile = announcementsFile,
        Fetch = Fetch == true ? FetchMode.Everything : FetchMode.None,
    };
}
