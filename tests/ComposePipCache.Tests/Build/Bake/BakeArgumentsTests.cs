using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class BakeArgumentsTests
{
    [Fact]
    public void The_line_that_compose_writes_is_understood()
    {
        var arguments = Parse(
            "--file - --progress rawjson --metadata-file /tmp/m.json --allow fs.read=/src --allow fs.read=service:api"
            + " --allow security.insecure --builder b --progress=quiet").ShouldNotBeNull();

        arguments.MetadataFile.ShouldBe("/tmp/m.json");
        arguments.Progress.ShouldBe("quiet");
        arguments.Builder.ShouldBe("b");
        arguments.Allowed.ShouldBe(["fs.read=/src", "fs.read=service:api", "security.insecure"]);
    }

    [Theory]
    [InlineData("--file - --print")]
    [InlineData("--file docker-bake.hcl")]
    [InlineData("--file - --set *.platform=linux/arm64")]
    [InlineData("--file -  --list targets")]
    [InlineData("--progress rawjson")]
    [InlineData("--file")]
    [InlineData("")]
    public void Anything_else_is_left_to_buildx(string line)
    {
        Parse(line).ShouldBeNull();
    }

    private static BakeArguments? Parse(string line) =>
        BakeArguments.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
