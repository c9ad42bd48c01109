using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Tests.Build.Passes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fallback;

public sealed class StepLadderTests
{
    private readonly StepLadder _ladder = new(retries: 3, mayFallBack: true);

    [Fact]
    public void A_dead_index_is_answered_by_the_wheelhouse_where_it_is_complete()
    {
        var move = _ladder.Next(Failure(StepMode.Online, FailureKind.Network, canGoOffline: true), false);

        move.ShouldBe(new NextMove(MoveKind.TryAgain, StepMode.Offline));
    }

    [Fact]
    public void Without_a_wheelhouse_the_index_is_asked_three_times_more_ever_later()
    {
        var failure = Failure(StepMode.Online, FailureKind.Network, canGoOffline: false);

        var moves = Enumerable.Range(0, 4).Select(_ => _ladder.Next(failure, false)).ToList();

        moves.Select(move => move.Kind).ShouldBe([MoveKind.TryAgain, MoveKind.TryAgain, MoveKind.TryAgain, MoveKind.GiveUp]);
        moves.Take(3).Select(move => move.Delay.TotalSeconds).ShouldBe([1, 4, 16]);
    }

    [Fact]
    public void A_wheelhouse_that_lacks_a_file_sends_the_step_back_to_the_index()
    {
        _ladder.Next(Failure(StepMode.Online, FailureKind.Network, canGoOffline: true), false);

        var move = _ladder.Next(Failure(StepMode.Offline, FailureKind.NoSuchPackage, canGoOffline: true), false);

        move.Mode.ShouldBe(StepMode.Online);
        move.Delay.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData((int)StepMode.Online)]
    [InlineData((int)StepMode.Locked)]
    [InlineData((int)StepMode.Offline)]
    public void What_is_not_the_networks_fault_is_tried_once(int mode) =>
        _ladder.Next(Failure((StepMode)mode, FailureKind.NotNetwork, canGoOffline: true), false).ShouldBe(NextMove.GiveUp);

    [Fact]
    public void A_version_that_does_not_exist_is_asked_for_once() =>
        _ladder.Next(Failure(StepMode.Online, FailureKind.NoSuchPackage, canGoOffline: true), false).ShouldBe(NextMove.GiveUp);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_copy_that_was_taken_away_is_worth_one_more_run(bool isOffline)
    {
        var failure = Failure(StepMode.Locked, FailureKind.Mended, canGoOffline: true);

        _ladder.Next(failure, isOffline).ShouldBe(new NextMove(MoveKind.TryAgain));
        _ladder.Next(failure, isOffline).ShouldBe(NextMove.GiveUp);
    }

    [Fact]
    public void A_lock_that_does_not_fit_leads_to_the_index_once()
    {
        var failure = Failure(StepMode.Locked, FailureKind.NoSuchPackage, canGoOffline: true);

        _ladder.Next(failure, false).ShouldBe(new NextMove(MoveKind.TryAgain, StepMode.Online));
        _ladder.Next(failure, false).ShouldBe(NextMove.GiveUp);
    }

    [Fact]
    public void Offline_by_the_users_wish_never_leads_to_the_index() =>
        _ladder.Next(Failure(StepMode.Offline, FailureKind.NoSuchPackage, canGoOffline: true), true).ShouldBe(NextMove.GiveUp);

    [Fact]
    public void Online_by_the_users_wish_never_leads_to_the_wheelhouse()
    {
        var online = new StepLadder(retries: 1, mayFallBack: false);
        var failure = Failure(StepMode.Online, FailureKind.Network, canGoOffline: true);

        online.Next(failure, false).Mode.ShouldBe(StepMode.Online);
        online.Next(failure, false).ShouldBe(NextMove.GiveUp);
    }

    [Fact]
    public void A_step_we_cannot_serve_is_left_to_its_author()
    {
        var failure = Failure(StepMode.Online, FailureKind.NotServed, canGoOffline: false);

        _ladder.Next(failure, false).Kind.ShouldBe(MoveKind.LeaveAlone);
        _ladder.Next(failure, false).ShouldBe(NextMove.GiveUp);
    }

    [Fact]
    public void A_step_whose_container_was_ended_is_served_once_more()
    {
        var failure = Failure(StepMode.Online, FailureKind.NotServed, canGoOffline: false) with { MayPass = true };

        _ladder.Next(failure, false).ShouldBe(new NextMove(MoveKind.TryAgain));
        _ladder.Next(failure, false).Kind.ShouldBe(MoveKind.LeaveAlone);
        _ladder.Next(failure, false).ShouldBe(NextMove.GiveUp);
    }

    [Fact]
    public void A_lost_view_is_made_again_once_in_the_same_mode()
    {
        var failure = Failure(StepMode.Locked, FailureKind.ViewMissing, canGoOffline: true);

        _ladder.Next(failure, false).ShouldBe(new NextMove(MoveKind.TryAgain, StepMode.Locked));
        _ladder.Next(failure, false).ShouldBe(NextMove.GiveUp);
    }

    private static StepFailure Failure(StepMode mode, FailureKind kind, bool canGoOffline) => new()
    {
        Bell = new StepBell(PipSteps.Create(), _ => throw new NotSupportedException()),
        Mode = mode,
        Kind = kind,
        CanGoOffline = canGoOffline,
    };
}
