namespace ComposePipCache.Build.Doorbell;

/// <summary>Where a step takes its packages from.</summary>
internal enum StepMode
{
    /// <summary>From the index; what the view offers is taken from there.</summary>
    Online,

    /// <summary>From the view alone, because the lock says that nothing else is needed.</summary>
    Locked,

    /// <summary>From the view alone, because there is no index or the user wants none.</summary>
    Offline,
}
