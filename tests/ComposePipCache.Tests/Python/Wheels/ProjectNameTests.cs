using ComposePipCache.Python.Wheels;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Wheels;

public class ProjectNameTests
{
    [Theory]
    [InlineData("Flask", "flask")]
    [InlineData("zope.interface", "zope-interface")]
    [InlineData("typing_extensions", "typing-extensions")]
    [InlineData("A.-_b", "a-b")]
    [InlineData("plain-name", "plain-name")]
    [InlineData("a--b", "a-b")]
    [InlineData("", "")]
    public void Names_are_compared_as_indexes_do(string name, string expected) =>
        ProjectName.Normalize(name).ShouldBe(expected);

    [Fact]
    public void A_normal_name_stays_as_it_is() =>
        Gen.String[Gen.Char["aB9-_."], 0, 12].Sample(
            name => ProjectName.Normalize(ProjectName.Normalize(name)) == ProjectName.Normalize(name));
}
