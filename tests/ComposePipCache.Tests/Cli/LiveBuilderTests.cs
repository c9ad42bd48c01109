using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

/// <summary>The builder as compose starts it; while its input is open it waits for the bake file.</summary>
public sealed class LiveBuilderTests : IDisposable
{
    private const int Killed = 9;
    private const int Terminate = 15;
    private const int Deadline = 60_000;

    private static readonly string[] Bake = ["bake", "--file", "-", "--progress", "rawjson"];

    private readonly LiveCli _cli = new();

    // That the builder calls here is the sign that it has armed everything it can be ended by.
    private readonly Socket _docker = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public LiveBuilderTests()
    {
        var name = $"docker_cli_{Guid.NewGuid():N}";
        _docker.Bind(new UnixDomainSocketEndPoint($"\0{name}"));
        _docker.Listen();
        _cli.Variables["DOCKER_CLI_PLUGIN_SOCKET"] = $"@{name}";
    }

    public void Dispose()
    {
        _docker.Dispose();
        _cli.Dispose();
    }

    [Theory]
    [InlineData("version")]
    [InlineData("bake --print --file -")]
    [InlineData("bake --file docker-bake.hcl")]
    [InlineData("build .")]
    public async Task What_is_no_build_of_composes_is_left_to_buildx(string words)
    {
        _cli.Buildx("""echo "$$ $0 $*"; cat; exit 102""");

        var process = _cli.Start(_cli.Program("docker-buildx"), words.Split(' '));
        await process.StandardInput.WriteAsync("input");
        process.StandardInput.Close();
        var run = await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken);

        run.Output.ShouldBe($"{process.Id} {_cli.Folder.At("docker", "cli-plugins", "docker-buildx")} {words}\ninput");
        run.ExitCode.ShouldBe(102);
    }

    [Fact]
    public async Task Buildx_is_never_ourselves_under_its_name()
    {
        Directory.CreateDirectory(_cli.Folder.At("docker", "cli-plugins"));
        File.CreateSymbolicLink(
            _cli.Folder.At("docker", "cli-plugins", "docker-buildx"), _cli.Program("docker-buildx"));
        _cli.Folder.WriteScript("more/docker-buildx", "echo the real one");
        _cli.Folder.Write(
            "docker/config.json",
            $$"""{"cliPluginsExtraDirs":["{{_cli.Folder.At("bin")}}","{{_cli.Folder.At("more")}}"]}""");

        (await _cli.RunAsync("docker-buildx", ["ls"])).Output.ShouldBe("the real one\n");
    }

    [Fact]
    public async Task Without_buildx_it_says_what_would_have_needed_it()
    {
        Assert.SkipWhen(
            new[] { "/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec" }
                .Any(root => File.Exists($"{root}/docker/cli-plugins/docker-buildx")),
            "this machine has buildx in a folder of the system");

        var run = await _cli.RunAsync("docker-buildx", ["bake", "--print"]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("ERROR: docker buildx is not installed, and `docker buildx bake --print` needs it\n");
    }

    [Fact]
    public async Task A_docker_folder_given_by_option_reaches_the_builder_in_the_settings()
    {
        _cli.Variables["PIPCACHE_SETTINGS"] = _cli.Folder.Write(
            "settings.json", $$"""{"version":1,"dockerConfig":"{{_cli.Folder.At("other")}}"}""");
        _cli.Folder.WriteScript("other/cli-plugins/docker-buildx", "echo of the other folder: $DOCKER_CONFIG");

        (await _cli.RunAsync("docker-buildx", ["version"])).Output
            .ShouldBe($"of the other folder: {_cli.Folder.At("other")}\n");
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_named()
    {
        _cli.Variables["PIPCACHE_SETTINGS"] = "/nowhere/settings.json";

        var run = await _cli.RunAsync("docker-buildx", Bake);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("ERROR: cannot read the settings in /nowhere/settings.json\n");
    }

    [Fact(Timeout = Deadline)]
    public async Task A_request_to_end_ends_the_build()
    {
        var process = _cli.Start(_cli.Program("docker-buildx"), Bake);
        using var connection = await _docker.AcceptAsync(TestContext.Current.CancellationToken);

        LiveCli.Signal(process, Terminate);

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken))
            .ShouldBe(new LiveCli.Finished(130, "", "ERROR: the build was interrupted\n"));
    }

    [Fact(Timeout = Deadline)]
    public async Task When_compose_is_killed_the_builder_does_not_stay()
    {
        var compose = _cli.Start(
            "/bin/sh", ["-c", "exec 3<&0; \"$0\" \"$@\" <&3 & wait", _cli.Program("docker-buildx"), .. Bake]);
        using var connection = await _docker.AcceptAsync(TestContext.Current.CancellationToken);

        LiveCli.Signal(compose, Killed);

        // Its output ends when the last process that could write to it has ended.
        (await LiveCli.FinishAsync(compose, TestContext.Current.CancellationToken)).Output.ShouldBeEmpty();
    }

    [Fact(Timeout = Deadline)]
    public async Task When_docker_closes_its_socket_the_build_ends()
    {
        var process = _cli.Start(_cli.Program("docker-buildx"), Bake);

        (await _docker.AcceptAsync(TestContext.Current.CancellationToken)).Dispose();

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken)).ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task A_socket_that_is_gone_already_ends_the_build()
    {
        _cli.Variables["DOCKER_CLI_PLUGIN_SOCKET"] = "@docker_cli_nobody";

        var process = _cli.Start(_cli.Program("docker-buildx"), Bake);

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken)).ExitCode.ShouldBe(130);
    }
}
