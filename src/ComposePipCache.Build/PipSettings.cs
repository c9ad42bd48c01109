using ComposePipCache.Build.Fetch;

namespace ComposePipCache.Build;

/// <summary>What the user asked of us for one build.</summary>
public sealed record PipSettings
{
    /// <summary>How long a lock of unpinned requirements is taken as it is.</summary>
    public static readonly TimeSpan DefaultRefreshAfter = TimeSpan.FromHours(24);

    /// <summary>How often a step that the network failed is tried again.</summary>
    public const int DefaultRetries = 3;

    /// <summary>True: touch no index. False: never fall back. Null: decide when a step runs.</summary>
    public bool? IsOffline { get; init; }

    /// <summary>The user's own folders of wheels and sdists, absolute.</summary>
    public IReadOnlyList<string> FindLinks { get; init; } = [];

    /// <summary>Run pip steps again and ask the index anew.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>How long a lock of unpinned requirements is taken as it is.</summary>
    public TimeSpan RefreshAfter { get; init; } = DefaultRefreshAfter;

    /// <summary>How often a step that the network failed is tried again online.</summary>
    public int Retries { get; init; } = DefaultRetries;

    /// <summary>Fail where a fall-back would be needed.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether what is on the disk may stand in for an index that fails.</summary>
    public bool MayFallBack => IsOffline != false && !IsStrict;

    /// <summary>The targets to be built as compose alone would build them, by their names in the definition.</summary>
    public IReadOnlyList<string> DisabledTargets { get; init; } = [];

    /// <summary>How many bytes the wheelhouse may take; null for as many as there are.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Where announcements go when compose shows no progress; the command line prints them.</summary>
    public string? AnnouncementsFile { get; init; }

    /// <summary>Whether compose takes our progress and shows nothing of it.</summary>
    public bool IsProgressHidden { get; init; }

    /// <summary>What to get for the time without a network, over and above what the build takes.</summary>
    public FetchMode Fetch { get; init; }

    /// <summary>Where to tell what was got (<see cref="Fetch.FetchReport"/>); null for nowhere.</summary>
    public string? FetchReport { get; init; }
}
