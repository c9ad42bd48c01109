using ComposePipCache.Wheelhouse.Pruning;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Pruning;

public class PrunePlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PruneCandidate[] Samples =
    [
        One("a", size: 10, day: 1, isReferenced: true),
        One("b", size: 20, day: 2, isReferenced: false),
        One("c", size: 30, day: 3, isReferenced: true),
        One("d", size: 40, day: 4, isReferenced: false),
    ];

    private static readonly Gen<PruneCandidate[]> Candidates =
        Gen.Select(Gen.Long[0, 50], Gen.Int[0, 5], Gen.Bool)
            .Array[0, 12]
            .Select(parts => parts.Select((part, index) =>
                One($"{index:00}", part.Item1, part.Item2, part.Item3)).ToArray());

    private static readonly Gen<PruneLimits> Limits =
        Gen.Select(Gen.Bool, Gen.Int[-1, 5], Gen.Long[-1, 200]).Select(part => new PruneLimits
        {
            IsUnusedOnly = part.Item1,
            UsedBefore = part.Item2 < 0 ? null : Start.AddDays(part.Item2),
            MaxSize = part.Item3 < 0 ? null : part.Item3,
        });

    [Theory]
    [InlineData("b d a c", false, null, null)]
    [InlineData("b d", true, null, null)]
    [InlineData("b a", false, 3, null)]
    [InlineData("b", true, 3, null)]
    [InlineData("", false, null, 100)]
    [InlineData("b", false, null, 99)]
    [InlineData("b d", false, null, 40)]
    [InlineData("b d a", false, null, 39)]
    [InlineData("b d a c", false, null, 0)]
    [InlineData("b d", true, null, 0)]
    [InlineData("b a", false, 3, 0)]
    public void What_nobody_counts_on_goes_first_and_then_what_was_not_used_longest(
        string expected, bool isUnusedOnly, int? before, int? maxSize)
    {
        var limits = new PruneLimits
        {
            IsUnusedOnly = isUnusedOnly,
            UsedBefore = before is { } day ? Start.AddDays(day) : null,
            MaxSize = maxSize,
        };

        string.Join(' ', PrunePlan.Decide(Samples, limits).Select(one => one.Id)).ShouldBe(expected);
    }

    [Fact]
    public void Only_what_the_limits_allow_goes() => Gen.Select(Candidates, Limits).Sample((candidates, limits) =>
        PrunePlan.Decide(candidates, limits).All(one => MayGo(one, limits)));

    [Fact]
    public void The_rest_fits_or_nothing_more_may_go() => Gen.Select(Candidates, Limits).Sample((candidates, limits) =>
    {
        var gone = PrunePlan.Decide(candidates, limits);
        var left = candidates.Except(gone).ToArray();
        return limits.MaxSize is { } most
            ? left.Sum(one => one.Size) <= most || !left.Any(one => one.Size > 0 && MayGo(one, limits))
            : !left.Any(one => MayGo(one, limits));
    });

    [Fact]
    public void Nothing_goes_that_did_not_have_to() => Gen.Select(Candidates, Limits).Sample((candidates, limits) =>
    {
        var gone = PrunePlan.Decide(candidates, limits);
        return limits.MaxSize is not { } most || gone is []
            || candidates.Sum(one => one.Size) - gone.SkipLast(1).Sum(one => one.Size) > most;
    });

    [Fact]
    public void Nothing_stays_that_should_have_gone_before() => Gen.Select(Candidates, Limits).Sample(
        (candidates, limits) =>
        {
            var gone = PrunePlan.Decide(candidates, limits);
            var left = candidates.Except(gone).Where(one => one.Size > 0 && MayGo(one, limits)).ToArray();
            return gone.All(one => left.All(other => Rank(one).CompareTo(Rank(other)) <= 0));
        });

    [Fact]
    public void The_order_of_the_question_does_not_matter() => Gen.Select(Candidates, Limits).Sample(
        (candidates, limits) => PrunePlan.Decide(candidates, limits)
            .SequenceEqual(PrunePlan.Decide([.. candidates.Reverse()], limits)));

    private static (bool IsReferenced, DateTimeOffset LastUsedAt) Rank(PruneCandidate one) =>
        (one.IsReferenced, one.LastUsedAt);

    private static bool MayGo(PruneCandidate one, PruneLimits limits) =>
        (!limits.IsUnusedOnly || !one.IsReferenced)
        && (limits.UsedBefore is null || one.LastUsedAt < limits.UsedBefore);

    private static PruneCandidate One(string id, long size, int day, bool isReferenced) => new()
    {
        Id = id,
        Size = size,
        LastUsedAt = Start.AddDays(day),
        IsReferenced = isReferenced,
    };
}
