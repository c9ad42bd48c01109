using ComposePipCache.Build.Fallback;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fallback;

public sealed class SyntaxDirectiveTests
{
    [Theory]
    [InlineData("# syntax=docker/dockerfile:1.4\nFROM x", "docker/dockerfile:1.4")]
    [InlineData("#syntax = docker/dockerfile:1\nFROM x", "docker/dockerfile:1")]
    [InlineData("# escape=`\n# SYNTAX=docker/dockerfile:1\n", "docker/dockerfile:1")]
    [InlineData("FROM x\n# syntax=docker/dockerfile:1", null)]
    [InlineData("# a comment\n# syntax=docker/dockerfile:1", null)]
    [InlineData("\n# syntax=docker/dockerfile:1", null)]
    [InlineData("", null)]
    public void Stands_before_all_else(string dockerfile, string? image) =>
        SyntaxDirective.Find(dockerfile.Split('\n')).ShouldBe(image);
}
