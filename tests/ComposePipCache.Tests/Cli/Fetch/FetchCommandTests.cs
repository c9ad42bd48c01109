using System.Text.Json;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using ComposePipCache.Tests.Build.Fetch;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Fetch;

/// <summary>The whole command, with compose and the engine played.</summary>
public sealed class FetchCommandTests : IAsyncDisposable
{
    private const string Model =
        """
        services:
          web: {build: {context: /p}}
          db: {image: redis:7}
        """;

    private readonly CliHarness _cli = new();
    private readonly PullServer _engine;

    public FetchCommandTests()
    {
        _engine = new PullServer(_cli.Folder.At("d.sock"));
        _cli.Set("DOCKER_HOST", $"unix://{_cli.Folder.At("d.sock")}");
        Answer(Model);
        _cli.Processes.Run = Play;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task Compose_pulls_what_is_missing_and_builds_what_is_built()
    {
        (await _cli.RunAsync("pipcache", "fetch")).ShouldBe(0);

        Supervised().ShouldBe(["compose pull --ignore-buildable db", "compose build web"]);
        var build = _cli.Processes.Supervised[1];
        build.Arguments[0].ShouldBe("--config");
        SettingsFile.Read(build.Environment["PIPCACHE_SETTINGS"]!).Fetch.ShouldBe(true);
        _cli.Output.StandardError.ShouldBe("got 2 images: ready for `docker pipcache up --build --offline`\n");
        _cli.Output.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_there_is_not_pulled()
    {
        _engine.Store("redis:7", "sha256:1");

        (await _cli.RunAsync("pipcache", "fetch")).ShouldBe(0);

        Supervised().ShouldBe(["compose build web"]);
    }

    [Fact]
    public async Task To_refresh_is_to_pull_it_all_the_same()
    {
        _engine.Store("redis:7", "sha256:1");

        (await _cli.RunAsync("pipcache", "fetch", "--refresh")).ShouldBe(0);

        Supervised()[0].ShouldBe("compose pull --ignore-buildable --policy always db");
    }

    [Fact]
    public async Task Options_of_compose_and_services_go_to_every_compose()
    {
        _cli.Folder.Write("project/x.yaml", Model);

        await _cli.RunAsync("pipcache", "-f", "x.yaml", "--profile", "p", "fetch", "--retries", "1", "web", "db");

        _cli.Processes.Captured[0].Arguments.ShouldBe(
            ["compose", "-f", "x.yaml", "--profile", "p", "config", "--format", "yaml", "web", "db"]);
        Supervised().ShouldAllBe(words => words.StartsWith("compose -f x.yaml --profile p "));
        SettingsFile.Read(_cli.Processes.Supervised[1].Environment["PIPCACHE_SETTINGS"]!).Retries.ShouldBe(1);
    }

    [Fact]
    public async Task A_platform_reaches_compose_as_its_own_default()
    {
        await _cli.RunAsync("pipcache", "fetch", "--platform", "linux/arm64");

        _cli.Processes.Supervised.ShouldAllBe(start => start.Environment["DOCKER_DEFAULT_PLATFORM"] == "linux/arm64");
    }

    [Fact]
    public async Task In_json_the_answer_is_all_that_is_on_standard_output()
    {
        (await _cli.RunAsync("pipcache", "fetch", "--format", "json")).ShouldBe(0);

        _cli.Processes.Supervised.ShouldAllBe(start => start.IsOutputForReader);
        using var document = JsonDocument.Parse(_cli.Output.StandardOutput);
        document.RootElement.GetProperty("version").GetInt32().ShouldBe(1);
        document.RootElement.GetProperty("ready").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("services").EnumerateArray()
            .Select(service => $"{service.GetProperty("name")} {service.GetProperty("state")}")
            .ShouldBe(["web built", "db pulled"]);
    }

    [Fact]
    public async Task What_compose_could_not_pull_the_engine_is_asked_for_and_its_reason_is_told()
    {
        _cli.Processes.Run = _ => { };

        (await _cli.RunAsync("pipcache", "fetch", "db")).ShouldBe(1);

        _engine.Pulls.ShouldHaveSingleItem();
        _cli.Output.StandardError.ShouldContain("ERROR: not everything is there: redis:7 for db\ncause: manifest for docker.io/library/redis:7 not found");
    }

    [Fact]
    public async Task A_build_that_failed_is_a_failure()
    {
        _engine.Store("redis:7", "sha256:1");
        _cli.Processes.ExitCode = 17;

        (await _cli.RunAsync("pipcache", "fetch")).ShouldBe(1);

        _cli.Output.StandardError.ShouldContain("ERROR: not everything is there: web could not be made ready");
    }

    [Fact]
    public async Task A_project_that_compose_cannot_read_is_composes_to_complain_about()
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(15, ""));
        _cli.Processes.ExitCode = 15;

        (await _cli.RunAsync("pipcache", "fetch", "nosuch")).ShouldBe(15);

        Supervised().ShouldBe(["compose config --quiet nosuch"]);
    }

    [Theory]
    [InlineData("--offline")]
    [InlineData("--no-pipcache")]
    public async Task What_gets_nothing_is_refused(string flag) =>
        (await _cli.FailAsync("pipcache", "fetch", flag)).What.ShouldBe($"`fetch` gets things, and `{flag}` gets nothing");

    [Fact]
    public async Task Offline_in_the_environment_is_for_builds_and_not_for_this()
    {
        _cli.Set("PIPCACHE_OFFLINE", "1");

        (await _cli.RunAsync("pipcache", "fetch")).ShouldBe(0);

        SettingsFile.Read(_cli.Processes.Supervised[^1].Environment["PIPCACHE_SETTINGS"]!).Offline.ShouldBeNull();
    }

    [Fact]
    public async Task A_project_without_pipcache_is_told_what_else_to_do()
    {
        _cli.Set("PIPCACHE_DISABLE", "1");

        (await _cli.FailAsync("pipcache", "fetch")).Hint.ShouldBe(
            "switch it on, or run `docker compose pull` and `docker compose build`");
    }

    [Fact]
    public async Task A_project_on_standard_input_can_be_read_once_only() =>
        (await _cli.FailAsync("pipcache", "-f", "-", "fetch")).What.ShouldContain("standard input");

    [Fact]
    public async Task A_dry_run_starts_nothing_that_changes_anything()
    {
        Answer("services: {db: {image: redis:7}}");

        (await _cli.RunAsync("pipcache", "fetch", "--dry-run")).ShouldBe(0);

        _cli.Processes.Supervised.ShouldBeEmpty();
        _engine.Pulls.ShouldBeEmpty();
        _cli.Output.StandardOutput.ShouldBe("would pull redis:7 for db\n");
    }

    [Fact]
    public async Task Too_old_a_compose_for_a_look_is_told()
    {
        (await _cli.RunAsync("pipcache", "fetch", "--dry-run")).ShouldBe(1);

        _cli.Output.StandardError.ShouldContain("ERROR: docker compose is too old for this");
    }

    [Theory]
    [InlineData("unknown flag: --bogus", "--bogus")]
    [InlineData("invalid value \"xml\" for `--format`", "--format", "xml")]
    public async Task A_wrong_word_is_named(string message, params string[] words) =>
        (await _cli.FailAsync(["pipcache", "fetch", .. words])).What.ShouldBe(message);

    private void Answer(string model) => _cli.Processes.Answer = (program, _) => Task.FromResult(
        program.Arguments.Contains("config") ? new CapturedRun(0, model)
        : program.Arguments.Contains("--print") ? new CapturedRun(0, "")
        : new CapturedRun(0, """{"SchemaVersion":"0.1.0","Version":"v2.31.0"}"""));

    /// <summary>Compose pulls what it is told to, and its builder tells of a base image.</summary>
    private void Play(ProgramStart program)
    {
        if (program.Arguments.Contains("pull"))
        {
            _engine.Store("redis:7", "sha256:2");
        }

        if (program.Environment["PIPCACHE_FETCH_REPORT"] is { } path)
        {
            File.WriteAllText(path, """{"target":"web","image":{"name":"python:3.13","state":"pulled","bytes":5}}""" + "\n");
        }
    }

    private List<string> Supervised() => [.. _cli.Processes.Supervised
        .Select(start => string.Join(' ', start.Arguments.SkipWhile(word => word != "compose")))];
}
