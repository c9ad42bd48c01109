using ComposePipCache.Python.Requirements;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class ProjectTextTests
{
    [Fact]
    public void Comment_lines_blank_lines_and_trailing_blanks_go() => ProjectText.Normalize(
        "[project]  \r\n# why\n\n  # indented\nname = \"x\" # stays\n  nested\n\n")
        .ShouldBe("[project]\nname = \"x\" # stays\n  nested");

    [Theory]
    [InlineData("open('requirements.txt')", "requirements.txt")]
    [InlineData("file = [\"requirements/base.in\", 'requirements.txt']", "requirements/base.in|requirements.txt")]
    [InlineData("dependencies = file: requirements.txt", "requirements.txt")]
    [InlineData("readme.txt requires txt", "")]
    public void Mentioned_requirements_files_are_found(string text, string expected) =>
        string.Join('|', ProjectText.MentionedFiles(text)).ShouldBe(expected);
}
