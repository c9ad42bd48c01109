using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public class ProxySettingsTests
{
    private static DockerConfigFile Config(string proxies)
    {
        using var home = new DockerHome();
        return home.WithConfig($$"""{"proxies":{{proxies}}}""").Config.ReadConfigFile();
    }

    private static IReadOnlyDictionary<string, string> Arguments(string proxies, string host) =>
        ProxySettings.BuildArguments(Config(proxies), EngineEndpoint.At(host));

    [Fact]
    public void Each_setting_becomes_the_argument_compose_gives_it()
    {
        var arguments = Arguments(
            """{"default":{"httpProxy":"h","httpsProxy":"s","noProxy":"n","ftpProxy":"f","allProxy":"a"}}""",
            "unix:///x");

        arguments.OrderBy(pair => pair.Key).ShouldBe(
            [new("FTP_PROXY", "f"), new("HTTPS_PROXY", "s"), new("HTTP_PROXY", "h"), new("NO_PROXY", "n")]);
    }

    [Theory]
    [InlineData("tcp://box:2375", "own")]
    [InlineData("box", "own")]
    [InlineData("tcp://other:2375", "any")]
    [InlineData("ssh://box", "ssh")]
    public void The_engines_own_entry_wins_over_the_default(string host, string expected) =>
        Arguments(
            """
            {"default":{"httpProxy":"any"},"tcp://box:2375":{"httpProxy":"own"},
             "http://docker.example.com":{"httpProxy":"ssh"}}
            """,
            host)["HTTP_PROXY"].ShouldBe(expected);

    [Fact]
    public void An_entry_without_a_value_for_the_engine_does_not_fall_back_to_the_default() =>
        Arguments("""{"default":{"httpProxy":"any"},"unix:///x":{"noProxy":"n"}}""", "unix:///x").Keys
            .ShouldBe(["NO_PROXY"]);

    [Fact]
    public void Nothing_configured_adds_nothing() => Arguments("{}", "unix:///x").ShouldBeEmpty();

    [Fact]
    public void An_argument_that_is_given_stays_even_when_it_is_empty()
    {
        var given = new Dictionary<string, string> { ["HTTP_PROXY"] = "", ["OTHER"] = "1" };

        var merged = ProxySettings.Merge(
            given, Config("""{"default":{"httpProxy":"h","noProxy":"n"}}"""), EngineEndpoint.At("unix:///x"));

        merged["HTTP_PROXY"].ShouldBe("");
        merged["NO_PROXY"].ShouldBe("n");
        merged["OTHER"].ShouldBe("1");
        given.Count.ShouldBe(2);
    }
}
