using ComposePipCache.Build.Doorbell;

namespace ComposePipCache.Build.Fallback;

/// <summary>Decides after each failure of one step what to do next. Every rung is taken a bounded number of times.</summary>
/// <param name="retries">How often a step that the network failed is tried again online.</param>
/// <param name="mayFallBack">False where the user wants the index or nothing.</param>
internal sealed class StepLadder(int retries, bool mayFallBack)
{
    private int _retried;
    private bool _triedOffline;
    private bool _leftLock;
    private bool _triedView;
    private bool _triedMended;
    private bool _triedAgain;
    private bool _leftAlone;

    /// <summary>The next move.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="isOfflineWanted">Whether the user asked for no index.</param>
    public NextMove Next(StepFailure failure, bool isOfflineWanted) => (failure.Kind, failure.Mode) switch
    {
        (FailureKind.NotServed, _) when failure.MayPass && !_triedAgain =>
            Once(ref _triedAgain, new NextMove(MoveKind.TryAgain)),
        (FailureKind.NotServed, _) => Once(ref _leftAlone, new NextMove(MoveKind.LeaveAlone)),
        (FailureKind.ViewMissing, _) => Once(ref _triedView, new NextMove(MoveKind.TryAgain, failure.Mode)),
        (FailureKind.Mended, _) => Once(ref _triedMended, new NextMove(MoveKind.TryAgain)),
        _ when isOfflineWanted => NextMove.GiveUp,
        (FailureKind.NoSuchPackage, StepMode.Locked) =>
            Once(ref _leftLock, new NextMove(MoveKind.TryAgain, StepMode.Online)),
        (FailureKind.NoSuchPackage, StepMode.Offline) => Retry(),
        (FailureKind.Network, StepMode.Online) when mayFallBack && failure.CanGoOffline && !_triedOffline =>
            Once(ref _triedOffline, new NextMove(MoveKind.TryAgain, StepMode.Offline)),
        (FailureKind.Network, _) => Retry(),
        _ => NextMove.GiveUp,
    };

    /// <summary>1, 4, 16 … seconds.</summary>
    private NextMove Retry()
    {
        if (_retried >= retries)
        {
            return NextMove.GiveUp;
        }

        var delay = TimeSpan.FromSeconds(1 << (2 * Math.Min(_retried, 4)));
        _retried++;
        return new NextMove(MoveKind.TryAgain, StepMode.Online, delay);
    }

    private static NextMove Once(ref bool done, NextMove move)
    {
        var next = done ? NextMove.GiveUp : move;
        done = true;
        return next;
    }
}
