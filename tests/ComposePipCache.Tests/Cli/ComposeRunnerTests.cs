using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class ComposeRunnerTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    private static string Words(ProgramStart program) => string.Join(' ', program.Arguments);

    [Theory]
    [InlineData("up", "-d", "web")]
    [InlineData("build", "--no-cache")]
    [InlineData("create")]
    [InlineData("run", "web", "sh", "-c", "true")]
    [InlineData("watch")]
    public async Task A_verb_that_may_build_runs_on_the_overlay(params string[] words)
    {
        _cli.Processes.ExitCode = 17;

        (await _cli.RunAsync(["pipcache", .. words])).ShouldBe(17);

        var start = _cli.Processes.Supervised.ShouldHaveSingleItem();
        start.Path.ShouldBe(_cli.Compose);
        start.Arguments[0].ShouldBe("--config");
        start.Arguments[1].ShouldStartWith(Path.Combine(_cli.Cache, "overlay"));
        start.Arguments.Skip(2).ShouldBe(["compose", .. words]);
        start.Environment["COMPOSE_BAKE"].ShouldBe("1");
        start.Environment["DOCKER_CONFIG"].ShouldBe(_cli.DockerFolder);
        start.Environment["DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND"].ShouldBe("docker");
        SettingsFile.Read(start.Environment["PIPCACHE_SETTINGS"]!).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("ps", "-a")]
    [InlineData("down")]
    [InlineData("bogus")]
    [InlineData("--bogus")]
    [InlineData("up", "--no-pipcache", "-d")]
    [InlineData("--no-pipcache", "up", "-d")]
    public async Task Everything_else_is_compose_and_nothing_of_ours(params string[] words)
    {
        await _cli.RunAsync(["pipcache", .. words]);

        var start = _cli.Processes.Replaced.ShouldHaveSingleItem();
        start.Arguments.ShouldBe(["compose", .. words.Where(word => word != "--no-pipcache")]);
        start.Environment["COMPOSE_BAKE"].ShouldBeNull();
        start.Environment["PIPCACHE_SETTINGS"].ShouldBeNull();
        Directory.Exists(_cli.Cache).ShouldBeFalse();
    }

    [Fact]
    public async Task Dockers_own_options_go_first_and_its_folder_is_replaced()
    {
        await _cli.RunAsync("--context", "far", "--config", _cli.DockerFolder, "-D", "pipcache", "-f", "x", "up");

        var start = _cli.Processes.Supervised.ShouldHaveSingleItem();
        Words(start).ShouldMatch("^--context far -D --config .*/overlay/[0-9a-f]+ compose -f x up$");
        SettingsFile.Read(start.Environment["PIPCACHE_SETTINGS"]!).DockerConfig.ShouldBe(_cli.DockerFolder);
    }

    [Fact]
    public async Task A_verb_that_cannot_build_keeps_dockers_folder()
    {
        await _cli.RunAsync("--config", _cli.DockerFolder, "pipcache", "ps");

        Words(_cli.Processes.Replaced.ShouldHaveSingleItem()).ShouldBe($"--config {_cli.DockerFolder} compose ps");
    }

    [Fact]
    public async Task Who_turned_bake_off_gets_it_all_the_same()
    {
        _cli.Set("COMPOSE_BAKE", "false");

        await _cli.RunAsync("pipcache", "build");

        _cli.Processes.Supervised.ShouldHaveSingleItem().Environment["COMPOSE_BAKE"].ShouldBe("1");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    public async Task The_classic_builder_is_refused_where_something_may_be_built(string value)
    {
        _cli.Set("DOCKER_BUILDKIT", value);

        (await _cli.FailAsync("pipcache", "up")).What.ShouldBe($"DOCKER_BUILDKIT={value} asks for the classic builder");
        (await _cli.RunAsync("pipcache", "ps")).ShouldBe(0);
        (await _cli.RunAsync("pipcache", "up", "--no-pipcache")).ShouldBe(0);
    }

    [Fact]
    public async Task Compose_is_asked_for_its_version_once()
    {
        await _cli.RunAsync("pipcache", "build");
        await _cli.RunAsync("pipcache", "build");

        _cli.Processes.Captured.ShouldHaveSingleItem().Arguments.ShouldBe(["docker-cli-plugin-metadata"]);
        _cli.Processes.Supervised.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_compose_in_the_same_place_is_asked_again()
    {
        await _cli.RunAsync("pipcache", "build");
        await File.AppendAllTextAsync(_cli.Compose, "# upgraded\n", TestContext.Current.CancellationToken);

        await _cli.RunAsync("pipcache", "build");

        _cli.Processes.Captured.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("v2.30.3")]
    [InlineData("2.17.0-rc1")]
    [InlineData("1.29.2")]
    public async Task An_old_compose_is_refused_each_time(string version)
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(0, $$"""{"Version":"{{version}}"}"""));

        (await _cli.FailAsync("pipcache", "up")).What.ShouldBe($"docker compose {version.TrimStart('v')} is too old");
        (await _cli.FailAsync("pipcache", "up")).Code.ShouldBe("compose-too-old");
        _cli.Processes.Supervised.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("v2.31.0")]
    [InlineData("2.40.3-3")]
    [InlineData("v5.0.0-rc.1")]
    [InlineData("dev")]
    public async Task A_newer_one_or_one_of_somebodys_own_is_taken(string version)
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(0, $$"""{"Version":"{{version}}"}"""));

        (await _cli.RunAsync("pipcache", "up")).ShouldBe(0);
    }

    [Fact]
    public async Task A_compose_that_is_none_is_named()
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(1, "Usage: something else"));

        var error = await _cli.FailAsync("pipcache", "up");

        error.Code.ShouldBe("compose-broken");
        error.Why!.ShouldStartWith(_cli.Compose);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("ps")]
    public async Task Without_compose_it_says_where_it_looked(string verb)
    {
        File.Delete(_cli.Compose);
        if (new[] { "/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec" }
            .Any(root => File.Exists($"{root}/docker/cli-plugins/docker-compose")))
        {
            Assert.Skip("this machine has compose in a folder of the system");
        }

        var error = await _cli.FailAsync("pipcache", verb);

        error.What.ShouldBe("docker compose is not installed");
        error.Why!.ShouldContain(Path.GetDirectoryName(_cli.Compose)!);
    }

    [Fact]
    public async Task A_docker_config_that_cannot_be_understood_stops_a_build_but_not_the_rest()
    {
        _cli.Folder.Write("docker/config.json", """{"auths": 1}""");

        (await _cli.FailAsync("pipcache", "up")).Code.ShouldBe("docker-config-invalid");
        (await _cli.RunAsync("pipcache", "ps")).ShouldBe(0);
    }

    [Fact]
    public async Task A_hook_is_answered_with_silence()
    {
        (await _cli.RunAsync("pipcache", "docker-cli-plugin-hooks", "{}")).ShouldBe(0);

        _cli.Output.StandardOutput.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("v2.40.3", 2, 40)]
    [InlineData("2.31.0+ds1-1", 2, 31)]
    [InlineData("5.0.0", 5, 0)]
    public void A_version_is_read_as_far_as_it_matters(string text, int major, int minor) =>
        ComposeVersion.Parse(text).ShouldBe(new ComposeVersion(major, minor));
}
