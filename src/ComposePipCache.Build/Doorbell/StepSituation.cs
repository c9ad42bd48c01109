namespace ComposePipCache.Build.Doorbell;

/// <summary>What is known of a step when it is about to run.</summary>
internal sealed record StepSituation
{
    /// <summary>What the last failure led to; overrides all else.</summary>
    public StepMode? Forced { get; init; }

    /// <summary>The user's word: true no index, false nothing but the index, null as it comes.</summary>
    public bool? IsOffline { get; init; }

    /// <summary>Whether what is on the disk may stand in for an index that fails.</summary>
    public bool MayFallBack { get; init; } = true;

    /// <summary>Whether the user wants the index asked anew.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>Whether the lock of the step is there with all its files.</summary>
    public bool IsLockComplete { get; init; }

    /// <summary>Whether the index has nothing to add: every requirement names one version.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether the lock is younger than unpinned locks may get.</summary>
    public bool IsLockFresh { get; init; }

    /// <summary>Whether the run that made the lock could not reach its index.</summary>
    public bool IsLockSuspect { get; init; }

    /// <summary>Whether the user's own folders have anything to offer.</summary>
    public bool HasOwnFiles { get; init; }
}
