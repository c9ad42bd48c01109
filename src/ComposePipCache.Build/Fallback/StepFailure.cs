using ComposePipCache.Build.Doorbell;

namespace ComposePipCache.Build.Fallback;

/// <summary>A pip step that failed, with the verdict on it.</summary>
internal sealed record StepFailure
{
    /// <summary>The step.</summary>
    public required StepBell Bell { get; init; }

    /// <summary>What it was, or would have been, run from.</summary>
    public PreparedStep? Prepared { get; init; }

    /// <summary>How it was run.</summary>
    public required StepMode Mode { get; init; }

    /// <summary>Whether what is on the disk may be enough.</summary>
    public bool CanGoOffline { get; init; }

    /// <summary>Files of the step that are on the disk now.</summary>
    public int KeptCount { get; init; }

    /// <summary>Files the step is known to need; at least its requirements.</summary>
    public int NeededCount { get; init; }

    /// <summary>Whether doing the very same once more may work: the engine ended our container, say.</summary>
    public bool MayPass { get; init; }

    /// <summary>Why it failed, as far as the next move depends on it.</summary>
    public required FailureKind Kind { get; init; }

    /// <summary>The cause in a few words: <c>timed out</c>, <c>name not resolved</c>.</summary>
    public string Phrase { get; init; } = "";

    /// <summary>The line that proves it, without credentials.</summary>
    public string Evidence { get; init; } = "";
}
