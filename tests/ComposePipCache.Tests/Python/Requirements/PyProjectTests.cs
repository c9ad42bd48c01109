using ComposePipCache.Python.Requirements;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class PyProjectTests
{
    private const string Text =
        """
        # requires = ["no"]
        requires = ["neither"]
        [project]
        name = "x"
        dependencies = [
          "a>=1",  # a comment with ] and "quotes"
          'b[x,y]; python_version < "3"',
          "c ; os_name == \"nt\"",
        ]
        keywords = [
          "dependencies = ['no']"
        ]
        [project.optional-dependencies]
        dev = ["d"]
        "my-docs" = ["e", "f"]

        [build-system]
        build-backend = "hatchling.build"
        "requires" = ["hatchling>=1.18", "hatch-vcs"]
        [[tool.x]]
        requires = ["no"]
        """;

    [Fact]
    public void Build_requirements_are_those_of_the_build_system()
    {
        PyProject.BuildRequirements(Text).ShouldBe(["hatchling>=1.18", "hatch-vcs"]);
        PyProject.BuildRequirements("[build-system]\r\nrequires=[]\r\n").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[tool.black]\nline-length = 88")]
    [InlineData("[build-system]\nrequires = [\"cut")]
    [InlineData("[build-system]\nrequires = \"text\"")]
    public void Without_a_list_the_defaults_of_pip_count(string? text)
    {
        PyProject.BuildRequirements(text).ShouldBe(PyProject.DefaultBuildRequirements);
    }

    [Fact]
    public void Dependencies_are_read_with_their_extras()
    {
        PyProject.Dependencies(Text, ["my-docs", "unknown"]).ShouldBe(
            ["a>=1", "b[x,y]; python_version < \"3\"", "c ; os_name == \"nt\"", "e", "f"]);
        PyProject.Dependencies("[project]\ndynamic = [\"dependencies\"]", []).ShouldBeEmpty();
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        var noise = Gen.String[Gen.Char["[]\"'=#\n \\,ab"], 0, 30];
        Gen.Select(noise, Gen.Int[0, Text.Length]).Sample((text, at) =>
        {
            _ = PyProject.BuildRequirements(text);
            _ = PyProject.BuildRequirements("[build-system]\nrequires = " + text);
            _ = PyProject.Dependencies(Text.Insert(at, text), ["dev"]);
        });
    }
}
