namespace ComposePipCache.Build.Doorbell;

/// <summary>Decides where a step takes its packages from.</summary>
internal static class ModeDecision
{
    /// <summary>The mode; null where only asking the index can tell.</summary>
    public static StepMode? Decide(StepSituation situation) => situation switch
    {
        { Forced: { } forced } => forced,
        { IsOffline: true } => StepMode.Offline,
        { IsOffline: false } or { IsRefresh: true } => StepMode.Online,
        { IsLockComplete: true, IsLockSuspect: false, IsPinned: true } => StepMode.Locked,
        { IsLockComplete: true, IsLockSuspect: false, IsLockFresh: true } => StepMode.Locked,
        { MayFallBack: false } => StepMode.Online,
        // With nothing to fall back on, the step itself is the best probe.
        { IsLockComplete: false, HasOwnFiles: false } => StepMode.Online,
        _ => null,
    };

    /// <summary>The mode once the index was asked.</summary>
    public static StepMode After(bool isIndexReachable) => isIndexReachable ? StepMode.Online : StepMode.Offline;
}
