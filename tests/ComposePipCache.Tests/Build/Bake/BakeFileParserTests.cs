using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class BakeFileParserTests
{
    private const string Full =
        """
        {"group": {"default": {"targets": ["web"]}}, "target": {"web": {
          "context": "/src", "contexts": {"base": "target:base", "img": "docker-image://x"},
          "dockerfile": "/src/Dockerfile", "args": {"A": "1", "B": "$${x}", "N": null},
          "labels": {"l": "v"}, "tags": ["a:1", "b"], "cache-from": ["x"], "target": "final",
          "secret": ["id=s,type=env,env=S"], "platforms": ["linux/amd64"], "pull": true, "no-cache": true,
          "network": "host", "shm-size": "128", "ulimits": ["nofile=1:2"], "entitlements": ["security.insecure"],
          "extra-hosts": {"a": "1.2.3.4"}, "output": ["type=docker"]},
          "base": {"context": "/src", "dockerfile-inline": "FROM x\nRUN echo $${Y}"}}}
        """;

    [Fact]
    public void Every_field_that_compose_writes_is_read()
    {
        var target = Parse(Full).Targets["web"];

        target.Contexts.ShouldBe(new Dictionary<string, string> { ["base"] = "target:base", ["img"] = "docker-image://x" });
        target.Args.ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "${x}" });
        target.Tags.ShouldBe(["a:1", "b"]);
        (target.Target, target.Network, target.ShmSize).ShouldBe(("final", "host", 128));
        (target.IsPullForced, target.IsCacheIgnored).ShouldBe((true, true));
        target.ExtraHosts["a"].ShouldBe("1.2.3.4");
        target.Outputs.ShouldBe(["type=docker"]);
    }

    [Fact]
    public void Templates_that_compose_escaped_are_plain_text_again()
    {
        Parse(Full).Targets["base"].DockerfileInline.ShouldBe("FROM x\nRUN echo ${Y}");
    }

    [Fact]
    public void Only_what_is_asked_for_is_requested()
    {
        Parse(Full).Requested.ShouldBe(["web"]);
    }

    [Theory]
    [InlineData("""{"target": {"web": {}}}""", "names nothing to build")]
    [InlineData("""{"group": {"default": {"targets": []}}}""", "names nothing to build")]
    [InlineData("""{"group": {"default": {"targets": ["x"]}}}""", "failed to find target x")]
    [InlineData("""{"group": {"default": {"targets": ["x"]}}, "target": {"x": {"ssh": ["a", "b"]}}}""", "`ssh` is not supported yet (a b)")]
    [InlineData("""{"group": {"default": {"targets": ["x"]}}, "target": {"x": {"pull": "yes"}}}""", "`pull` cannot be")]
    [InlineData("""{"group": {"default": {"targets": ["x"]}}, "target": {"x": {"shm-size": "many"}}}""", "`shm-size` cannot be")]
    [InlineData("[]", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("", "is not JSON")]
    public void What_cannot_be_read_is_named(string json, string expected)
    {
        Should.Throw<PipCacheException>(() => Parse(json)).Message.ShouldContain(expected);
    }

    private static BakeFile Parse(string json) => BakeFileParser.Parse(Encoding.UTF8.GetBytes(json));
}
