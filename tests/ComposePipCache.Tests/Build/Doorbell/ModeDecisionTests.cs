using ComposePipCache.Build.Doorbell;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

public sealed class ModeDecisionTests
{
    private static readonly StepSituation Empty = new();
    private static readonly StepSituation Complete = new() { IsLockComplete = true };

    [Fact]
    public void A_step_that_was_never_seen_asks_the_index() => ModeDecision.Decide(Empty).ShouldBe(StepMode.Online);

    [Fact]
    public void Pinned_requirements_with_a_complete_lock_need_no_index() =>
        ModeDecision.Decide(Complete with { IsPinned = true }).ShouldBe(StepMode.Locked);

    [Fact]
    public void A_young_lock_needs_no_index() =>
        ModeDecision.Decide(Complete with { IsLockFresh = true }).ShouldBe(StepMode.Locked);

    [Fact]
    public void An_old_lock_of_unpinned_requirements_depends_on_the_index() =>
        ModeDecision.Decide(Complete).ShouldBeNull();

    [Fact]
    public void A_suspect_lock_is_no_reason_to_do_without_the_index() =>
        ModeDecision.Decide(Complete with { IsPinned = true, IsLockFresh = true, IsLockSuspect = true }).ShouldBeNull();

    [Fact]
    public void Own_folders_without_a_lock_depend_on_the_index() =>
        ModeDecision.Decide(Empty with { HasOwnFiles = true }).ShouldBeNull();

    [Fact]
    public void Who_wants_no_fall_back_is_not_asked_for_a_probe() =>
        ModeDecision.Decide(Complete with { MayFallBack = false }).ShouldBe(StepMode.Online);

    [Fact]
    public void Offline_is_offline_whatever_is_there() =>
        ModeDecision.Decide(Empty with { IsOffline = true }).ShouldBe(StepMode.Offline);

    [Fact]
    public void Online_is_online_whatever_is_there() =>
        ModeDecision.Decide(Complete with { IsOffline = false, IsPinned = true }).ShouldBe(StepMode.Online);

    [Fact]
    public void A_refresh_asks_the_index() =>
        ModeDecision.Decide(Complete with { IsRefresh = true, IsPinned = true }).ShouldBe(StepMode.Online);

    [Fact]
    public void The_last_failure_has_the_last_word() =>
        ModeDecision.Decide(Complete with { IsRefresh = true, Forced = StepMode.Offline }).ShouldBe(StepMode.Offline);
}
