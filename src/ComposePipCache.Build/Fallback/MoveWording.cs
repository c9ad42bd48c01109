using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Resolve.Steps;
using ComposePipCache.Python.Commands;
using ComposePipCache.Wheelhouse;

namespace ComposePipCache.Build.Fallback;

/// <summary>What the user is told before a failed step is tried again.</summary>
internal static class MoveWording
{
    /// <summary>One line: what failed, an arrow, what happens next.</summary>
    public static string Of(StepFailure failure, NextMove move, DateTimeOffset now) => (failure.Kind, move.Mode) switch
    {
        (FailureKind.NotServed, _) when move.Kind == MoveKind.TryAgain =>
            $"wheels cannot be offered ({failure.Phrase}) → offered again",
        (FailureKind.NotServed, _) => $"wheels cannot be offered ({failure.Phrase}) → built as the Dockerfile has it",
        (FailureKind.ViewMissing, _) => "the daemon dropped the wheels before the step began → offered again",
        (FailureKind.Mended, _) => $"{failure.Phrase} was damaged in the cache → removed, the step runs again",
        (FailureKind.Network, StepMode.Offline) =>
            $"index unreachable ({failure.Phrase}) → offline: {Supply(failure.Prepared, now)}",
        (FailureKind.Network, _) =>
            $"index unreachable ({failure.Phrase}) → trying again in {Seconds(move)}, {Kept(failure)} kept",
        (_, StepMode.Online) when failure.Mode == StepMode.Locked => "the lock does not fit any more → online",
        _ => $"{failure.Phrase} is not in the wheelhouse → trying the index again in {Seconds(move)}",
    };

    /// <summary>What the user is told when a step starts without its index.</summary>
    /// <param name="prepared">The step.</param>
    /// <param name="cause">What resolving it brought, or why the index cannot be had.</param>
    /// <param name="now">The age of a lock is counted from here.</param>
    public static string Start(PreparedStep prepared, (ResolveOutcome? Resolved, string? Reason) cause, DateTimeOffset now) =>
        (prepared.Mode, cause) switch
        {
            (_, (null, { } why)) => $"index unreachable ({why}) → offline: {Supply(prepared, now)}",
            (StepMode.Offline, _) => $"offline: {Supply(prepared, now)}",
            (_, ({ FetchedCount: > 0 } fetched, _)) => Fetched(fetched),
            _ => Supply(prepared, now),
        };

    /// <summary><c>3 files fetched, 1.2 MB; 28 more from the wheelhouse</c>.</summary>
    private static string Fetched(ResolveOutcome outcome)
    {
        var text = $"{Wording.Count(outcome.FetchedCount, "file")} fetched, {ByteText.Of(outcome.FetchedBytes)}";
        var rest = outcome.KeptCount - outcome.FetchedCount;
        return rest > 0 ? $"{text}; {rest} more from the wheelhouse" : text;
    }

    /// <summary>What no wheelhouse can give to an offline step; null when there is nothing of the kind.</summary>
    public static string? StillOnline(IEnumerable<OnlineAct> acts)
    {
        var excerpts = acts.Select(act => $"`{act.Excerpt}`").Distinct().ToList();
        return excerpts.Count == 0 ? null : $"{string.Join(", ", excerpts)} needs the network, whatever the wheelhouse holds";
    }

    /// <summary>Where an offline step takes its files from: <c>37 of 37 files from the wheelhouse, locked 2 days ago</c>.</summary>
    public static string Supply(PreparedStep? prepared, DateTimeOffset now)
    {
        if (prepared is not { Lock: { } stepLock })
        {
            return $"{Wording.Count(prepared?.OwnCount ?? 0, "file")} from your own folders";
        }

        var needed = stepLock.Files.Count;
        var offered = prepared.Offered.Select(file => file.Stored.Sha256).ToHashSet();
        var present = stepLock.Files.Count(file => offered.Contains(file.Sha256));
        return $"{present} of {Wording.Count(needed, "file")} from the wheelhouse, "
            + $"locked {Wording.Ago(now - stepLock.CreatedAt)}";
    }

    /// <summary><c>6 of 10 files</c>; without the sum where it is not known.</summary>
    public static string Kept(StepFailure failure) => failure.NeededCount > failure.KeptCount
        ? $"{failure.KeptCount} of {Wording.Count(failure.NeededCount, "file")}"
        : Wording.Count(failure.KeptCount, "file");

    private static string Seconds(NextMove move) => Wording.Count((long)move.Delay.TotalSeconds, "second");
}
