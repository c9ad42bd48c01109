namespace ComposePipCache.Cli.Settings;

/// <summary>What the command line hands to the builder that compose starts: the content of PIPCACHE_SETTINGS.</summary>
internal sealed record BuilderSettings
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The folder of <c>docker --config</c>; compose tells its builder nothing of it.</summary>
    public string? DockerConfig { get; init; }

    public bool? Offline { get; init; }

    public IReadOnlyList<string>? FindLinks { get; init; }

    public bool? Refresh { get; init; }

    public long? RefreshAfterSeconds { get; init; }

    public int? Retries { get; init; }

    public bool? Strict { get; init; }

    /// <summary>Carries over what is set; paths become absolute, since the builder may run elsewhere.</summary>
    public static BuilderSettings From(
        PipCacheOptions options, string? dockerConfig, Func<string, string> fullPath)
    {
        return new BuilderSettings
        {
            DockerConfig = dockerConfig,
            Offline = options.IsOffline,
            FindLinks = options.FindLinks.Count > 0 ? [.. options.FindLinks.Select(fullPath)] : null,
            Refresh = options.IsRefresh ? true : null,
            RefreshAfterSeconds = options.RefreshAfter is { } after ? (long)after.TotalSeconds : null,
            Retries = options.Retries,
            Strict = options.IsStrict ? true : null,
        };
    }
}
