using ComposePipCache.TestIndex.Http;
using CsCheck;

namespace ComposePipCache.TestIndex.Tests;

public class ByteRangeTests
{
    [Theory]
    [InlineData(null, 0, 100, false)]
    [InlineData("bytes=0-0", 0, 1, true)]
    [InlineData("bytes=10-19", 10, 10, true)]
    [InlineData("bytes=10-", 10, 90, true)]
    [InlineData("bytes=90-500", 90, 10, true)]
    [InlineData("bytes=-5", 95, 5, true)]
    [InlineData("bytes=-500", 0, 100, true)]
    [InlineData("bytes=0-1,5-6", 0, 100, false)]
    [InlineData("bytes=7-3", 0, 100, false)]
    [InlineData("bytes=-", 0, 100, false)]
    [InlineData("bytes=x-3", 0, 100, false)]
    [InlineData("lines=1-3", 0, 100, false)]
    public void A_range_of_a_hundred_bytes(string? field, long offset, long count, bool isPartial)
    {
        ByteRange.Resolve(field, 100).ShouldBe(new ByteRange(offset, count, isPartial, IsSatisfiable: true));
    }

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=500-600")]
    [InlineData("bytes=-0")]
    public void A_range_behind_the_end_is_not_satisfiable(string field)
    {
        ByteRange.Resolve(field, 100).IsSatisfiable.ShouldBeFalse();
    }

    [Fact]
    public void A_range_never_leaves_the_file()
    {
        Gen.Select(Gen.Long[0, 50], Gen.Long[0, 50], Gen.Long[1, 40]).Sample((first, last, length) =>
        {
            var range = ByteRange.Resolve($"bytes={first}-{last}", length);
            return range.Offset >= 0 && range.Count >= 0 && range.Offset + range.Count <= length
                && range.IsSatisfiable == (last < first || first < length);
        });
    }
}
