namespace ComposePipCache.Build.Fallback;

/// <summary>Whether and how a failed step is tried again.</summary>
internal enum MoveKind
{
    /// <summary>Not at all.</summary>
    GiveUp,

    /// <summary>Once more, served by us.</summary>
    TryAgain,

    /// <summary>Once more, as its author wrote it.</summary>
    LeaveAlone,
}
