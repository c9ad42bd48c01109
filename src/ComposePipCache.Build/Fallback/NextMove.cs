using ComposePipCache.Build.Doorbell;

namespace ComposePipCache.Build.Fallback;

/// <summary>What follows a failed attempt at a step.</summary>
/// <param name="Kind">Whether and how to try again.</param>
/// <param name="Mode">Where the step takes its packages from then; null to decide at the bell.</param>
/// <param name="Delay">How long to wait before.</param>
internal sealed record NextMove(MoveKind Kind, StepMode? Mode = null, TimeSpan Delay = default)
{
    /// <summary>The failure is final.</summary>
    public static NextMove GiveUp { get; } = new(MoveKind.GiveUp);
}
