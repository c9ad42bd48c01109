namespace ComposePipCache.TestIndex.Faults;

/// <summary>All that shall happen to one answer.</summary>
/// <param name="Effect">The merged effects; of two rules that set one thing the earlier wins.</param>
/// <param name="RuleIds">The rules that struck.</param>
/// <param name="ThrottleId">The rule whose rate holds, so that its transmissions can share it.</param>
internal sealed record FaultPlan(FaultEffect Effect, IReadOnlyList<string> RuleIds, string? ThrottleId)
{
    public static FaultPlan None { get; } = new(new FaultEffect(), [], null);
}
