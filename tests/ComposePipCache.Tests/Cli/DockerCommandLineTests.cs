using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Plugin;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public class DockerCommandLineTests
{
    private static DockerCommandLine Parse(string words) =>
        DockerCommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("pipcache up -d", "", "up -d")]
    [InlineData("--context far pipcache up", "--context far", "up")]
    [InlineData("--context=far -D --tls pipcache up", "--context=far -D --tls", "up")]
    [InlineData("-H tcp://x:1 -lerror pipcache", "-H tcp://x:1 -lerror", "")]
    [InlineData("-Dc pipcache pipcache up", "-Dc pipcache", "up")]
    [InlineData("-D=true pipcache up", "-D=true", "up")]
    public void What_stands_before_our_name_is_for_docker(string words, string globals, string arguments)
    {
        var line = Parse(words);

        string.Join(' ', line.Globals).ShouldBe(globals);
        string.Join(' ', line.Arguments).ShouldBe(arguments);
        line.Request.ShouldBe(PluginRequest.Run);
    }

    [Fact]
    public void Docker_s_options_choose_the_engine()
    {
        Parse("pipcache wheels").Engine().ShouldBe(EngineSelection.None);
        Parse("-Dc far pipcache wheels").Engine().ShouldBe(EngineSelection.None with { Context = "far" });
        Parse("-H=tcp://x:1 --tls --tlsverify=false --tlscacert a --tlscert b --tlskey=c -l debug pipcache wheels")
            .Engine().ShouldBe(new EngineSelection
            {
                Host = "tcp://x:1",
                Tls = true,
                TlsVerify = false,
                TlsCaCertificate = "a",
                TlsCertificate = "b",
                TlsKey = "c",
            });
    }

    [Theory]
    [InlineData("--config /x pipcache up")]
    [InlineData("--config=/x pipcache up")]
    [InlineData("--config=/y --config /x pipcache up")]
    public void The_docker_folder_is_taken_out(string words)
    {
        var line = Parse(words);

        line.ConfigDirectory.ShouldBe("/x");
        line.Globals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("up -d")]
    [InlineData("--offline up")]
    [InlineData("--context x up")]
    [InlineData("")]
    [InlineData("help up")]
    public void Typed_directly_every_word_is_ours(string words)
    {
        var line = Parse(words);

        line.Request.ShouldBe(PluginRequest.Run);
        line.Globals.ShouldBeEmpty();
        string.Join(' ', line.Arguments).ShouldBe(words);
    }

    [Fact]
    public void Dockers_help_names_us_as_its_topic()
    {
        var line = Parse("--context x help pipcache up");

        line.Request.ShouldBe(PluginRequest.Help);
        line.Arguments.ShouldBe(["up"]);
    }

    [Fact]
    public void A_request_for_completion_keeps_its_empty_last_word()
    {
        var line = DockerCommandLine.Parse(["__completeNoDesc", "--context", "x", "pipcache", "up", ""]);

        line.Request.ShouldBe(PluginRequest.Complete);
        line.CompletionRequest.ShouldBe("__completeNoDesc");
        line.Globals.ShouldBe(["--context", "x"]);
        line.Arguments.ShouldBe(["up", ""]);
    }

    [Fact]
    public void A_hook_is_recognised_behind_our_name() =>
        DockerCommandLine.Parse(["pipcache", "docker-cli-plugin-hooks", "{}"]).Request.ShouldBe(PluginRequest.Hook);
}
