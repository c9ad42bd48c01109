using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Patterns;

public class GlobTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("*", "abc", true)]
    [InlineData("*c", "abc", true)]
    [InlineData("a*", "ab/c", false)]
    [InlineData("a*/b", "abc/b", true)]
    [InlineData("a*/b", "a/c/b", false)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxexxx/f", true)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzx", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzy", false)]
    [InlineData("ab[^b-d]", "abc", false)]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "ab", false)]
    [InlineData("a?b", "a☺b", true)]
    [InlineData("a???b", "a☺b", false)]
    [InlineData("[a-ζ]*", "α", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void It_matches_as_a_shell_does(string pattern, string name, bool matched) =>
        Glob.Parse(pattern).Matches(name).ShouldBe(matched);

    [Theory]
    [InlineData("[]a]", "]")]
    [InlineData("[-]", "-")]
    [InlineData("[x-]", "x")]
    [InlineData(@"a\", "a")]
    [InlineData("[a-b-c]", "a")]
    [InlineData("[^", "a")]
    [InlineData("*[", "a")]
    public void A_mistake_is_noticed(string pattern, string name) => Glob.Parse(pattern).Matches(name).ShouldBeNull();

    [Fact]
    public void A_mistake_behind_a_mismatch_is_not_noticed() => Glob.Parse("a*[").Matches("b").ShouldBe(false);
}
