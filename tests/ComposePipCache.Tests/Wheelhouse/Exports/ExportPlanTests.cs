using ComposePipCache.Wheelhouse.Exports;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Exports;

public class ExportPlanTests
{
    private static readonly Gen<StoredPackage[]> Packages = Gen
        .Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool)
        .Array[0, 10]
        .Select(parts => parts
            .Select(part => One($"P{part.Item1}", $"c{part.Item2}", part.Item3, part.Item4))
            .DistinctBy(one => (one.File.FileName, one.File.Sha256))
            .ToArray());

    [Theory]
    [InlineData("old published", "new built")]
    [InlineData("new published", "old published")]
    [InlineData("new built", "old built")]
    public void Of_one_name_what_an_index_offered_is_taken_then_what_was_used_last(string chosen, string other)
    {
        var plan = ExportPlan.Of([Sample(other), Sample(chosen)]);

        plan.Chosen.ShouldHaveSingleItem().ShouldBe(Sample(chosen));
        plan.PassedOver.ShouldHaveSingleItem().ShouldBe(Sample(other));
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_one() =>
        ExportPlan.Of([One("Foo", "a", 1, isBuilt: false), One("foo", "a", 1, isBuilt: false)])
            .Chosen.Count.ShouldBe(1);

    [Fact]
    public void Each_name_stands_once_and_no_content_is_lost_in_silence() => Packages.Sample(packages =>
    {
        var plan = ExportPlan.Of(packages);
        var names = plan.Chosen.Select(one => one.File.FileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Count == plan.Chosen.Count
            && packages.All(one => plan.Chosen.Concat(plan.PassedOver).Any(other =>
                other.File.Sha256 == one.File.Sha256
                && string.Equals(other.File.FileName, one.File.FileName, StringComparison.OrdinalIgnoreCase)));
    });

    [Fact]
    public void The_order_of_the_question_does_not_matter() => Packages.Sample(packages =>
        ExportPlan.Of(packages).Chosen.SequenceEqual(ExportPlan.Of(packages.Reverse()).Chosen));

    [Fact]
    public void A_list_of_digests_is_read_as_it_was_written() => Gen.Dictionary(
        Gen.String[Gen.Char["ab .-_"], 1, 8], Gen.String[Gen.Char["0123456789abcdef"], 64, 64])[0, 5].Sample(digests =>
        {
            var read = DigestList.Parse(DigestList.Render(digests))!;
            return read.Count == digests.Count && digests.All(one => read[one.Key] == one.Value);
        });

    [Theory]
    [InlineData("no list at all\n")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 *foo.whl\n")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855  foo.whl\n")]
    public void What_is_no_list_of_digests_is_not_taken_for_one(string text) => DigestList.Parse(text).ShouldBeNull();

    private static StoredPackage Sample(string words) => One(
        "foo",
        words,
        words.StartsWith("new", StringComparison.Ordinal) ? 2 : 1,
        words.EndsWith("built", StringComparison.Ordinal));

    private static StoredPackage One(string name, string content, int day, bool isBuilt) => new()
    {
        File = new StoredFile(StoreHome.Sha(content), $"{name}-1.0-py3-none-any.whl", "/", 1),
        Project = name,
        Version = null,
        Kind = isBuilt ? LockedFileKind.Built : LockedFileKind.Wheel,
        LastUsedAt = StockedHome.Day(day),
        Labels = [],
        IsReferenced = true,
    };
}
