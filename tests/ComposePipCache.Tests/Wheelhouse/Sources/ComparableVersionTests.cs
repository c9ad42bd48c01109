using ComposePipCache.Wheelhouse.Sources;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Sources;

public class ComparableVersionTests
{
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1.0", "v1.0.0")]
    [InlineData("1.0", "0!1.0")]
    [InlineData("2024.01.05", "2024.1.5")]
    [InlineData("1.0a1", "1.0.ALPHA-1")]
    [InlineData("1.0rc", "1.0c0")]
    [InlineData("1.0rc1", "1.0-preview_1")]
    [InlineData("1.0.post1", "1.0-1")]
    [InlineData("1.0.post1", "1.0_1")]
    [InlineData("1.0.post", "1.0-r0")]
    [InlineData("1.0.dev", "1.0dev0")]
    [InlineData("1.0a1.post2.dev3", "1a1-post2-dev3")]
    [InlineData("1.0+ubuntu.1", "1.0+ubuntu_01")]
    [InlineData("strange-version", "strange_version")]
    public void Spellings_of_one_version_are_equal(string one, string other) =>
        ComparableVersion.Of(one).ShouldBe(ComparableVersion.Of(other));

    [Theory]
    [InlineData("1.0", "1.1")]
    [InlineData("1.0", "10")]
    [InlineData("1.0", "1!1.0")]
    [InlineData("1.0a1", "1.0b1")]
    [InlineData("1.0a1", "1.0")]
    [InlineData("1.0", "1.0.post0")]
    [InlineData("1.0", "1.0.dev0")]
    [InlineData("1.0", "1.0+local")]
    [InlineData("1.0+1", "1.0+2")]
    public void Different_versions_are_not(string one, string other) =>
        ComparableVersion.Of(one).ShouldNotBe(ComparableVersion.Of(other));
}
