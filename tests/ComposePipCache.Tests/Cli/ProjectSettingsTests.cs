using ComposePipCache.Build;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class ProjectSettingsTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private string? _model;

    public ProjectSettingsTests()
    {
        _cli.Folder.Write("project/compose.yaml", "# x-pipcache\n");
        _cli.Processes.Answer = (program, _) => Task.FromResult(
            !program.Arguments.Contains("config") ? new CapturedRun(0, """{"Version":"v2.40.3"}""")
            : _model is null ? new CapturedRun(1, "")
            : new CapturedRun(0, _model));
    }

    public void Dispose() => _cli.Dispose();

    private IEnumerable<ProgramStart> Questions =>
        _cli.Processes.Captured.Where(program => program.Arguments.Contains("config"));

    private string ComposeFile => _cli.Folder.At("project", "compose.yaml");

    private async Task<BuilderSettings> SettingsAsync(string model, params string[] words)
    {
        _model = model;
        (await _cli.RunAsync(["pipcache", .. words, "up"])).ShouldBe(0);
        return SettingsFile.Read(_cli.Processes.Supervised[^1].Environment["PIPCACHE_SETTINGS"]!);
    }

    private Task<ErrorText> FailAsync(string model)
    {
        _model = model;
        return _cli.FailAsync("pipcache", "up");
    }

    [Fact]
    public async Task Every_key_of_the_project_reaches_the_builder()
    {
        _cli.Folder.Write("project/a$b/x", "");
        _cli.Folder.Write("home/w/x", "");

        var settings = await SettingsAsync(
            """
            services: {}
            x-pipcache:
              offline: "true"
              enabled: true
              find-links: [./a$$b, "~/w"]
              refresh-after: 2h
              retries: 5
              strict: true
              max-size: 1GB
            """);

        settings.Offline.ShouldBe(true);
        settings.FindLinks.ShouldBe([_cli.Folder.At("project", "a$b"), _cli.Folder.At("home", "w")]);
        settings.RefreshAfterSeconds.ShouldBe(7_200);
        settings.Retries.ShouldBe(5);
        settings.Strict.ShouldBe(true);
        settings.MaxSize.ShouldBe(1L << 30);
        settings.DisabledTargets.ShouldBeNull();
    }

    [Fact]
    public async Task Compose_is_asked_with_the_users_own_words_and_every_profile()
    {
        _model = "services: {}";
        _cli.Folder.Write("project/x.yaml", "x-pipcache: {}");

        await _cli.RunAsync(
            "--context", "far", "--config", _cli.DockerFolder,
            "pipcache", "-f", "x.yaml", "--retries", "1", "up", "-d");

        var question = Questions.ShouldHaveSingleItem();
        question.Path.ShouldBe(_cli.Compose);
        question.Environment["PIPCACHE_SETTINGS"].ShouldBeNull();
        question.Arguments.ShouldBe(
        [
            "--context", "far", "--config", _cli.DockerFolder, "compose", "-f", "x.yaml",
            "--profile", "*", "config", "--format", "yaml", "--no-consistency",
        ]);
    }

    [Theory]
    [InlineData("up", "services: {}")]
    [InlineData("ps", "x-pipcache: {}")]
    public async Task Compose_is_not_asked_when_there_is_nothing_to_learn(string verb, string text)
    {
        _cli.Folder.Write("project/compose.yaml", text);

        (await _cli.RunAsync("pipcache", verb)).ShouldBe(0);

        Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_when_the_user_wants_compose_alone()
    {
        (await _cli.RunAsync("pipcache", "--no-pipcache", "up")).ShouldBe(0);

        Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Folders_start_where_the_project_is_not_where_the_user_is()
    {
        _cli.Folder.Write("project/w/x", "");
        Directory.CreateDirectory(_cli.Folder.At("project", "deep"));
        _cli.Environment = new EnvironmentSnapshot(_cli.Environment.Variables, _cli.Folder.At("project", "deep"));

        (await SettingsAsync("x-pipcache: {find-links: w}")).FindLinks.ShouldBe([_cli.Folder.At("project", "w")]);
    }

    [Fact]
    public async Task A_flag_goes_first_then_a_variable_then_the_project_then_the_user()
    {
        const string Model = "x-pipcache: {retries: 3}";
        _cli.Folder.Write("home/.config/docker-pipcache/config.yaml", "retries: 4\nstrict: true\n");
        (await SettingsAsync("services: {}")).Retries.ShouldBe(4);
        (await SettingsAsync(Model)).Retries.ShouldBe(3);
        _cli.Set("PIPCACHE_RETRIES", "2");
        (await SettingsAsync(Model)).Retries.ShouldBe(2);
        (await SettingsAsync(Model, "--retries", "1")).Retries.ShouldBe(1);
        (await SettingsAsync(Model)).Strict.ShouldBe(true);
    }

    [Fact]
    public async Task Automatic_is_an_answer_too()
    {
        (await SettingsAsync("x-pipcache: {offline: true}", "--offline=auto")).Offline.ShouldBeNull();
        (await SettingsAsync("x-pipcache: {offline: true}", "--online")).Offline.ShouldBe(false);
        (await SettingsAsync("x-pipcache: {offline: false}")).Offline.ShouldBe(false);
    }

    [Fact]
    public async Task No_folder_at_all_is_an_answer_too()
    {
        _cli.Folder.Write("home/.config/docker-pipcache/config.yaml", "find-links: w\n");
        _cli.Folder.Write("home/.config/docker-pipcache/w/x", "");

        (await SettingsAsync("x-pipcache: {}")).FindLinks
            .ShouldBe([_cli.Folder.At("home", ".config", "docker-pipcache", "w")]);
        (await SettingsAsync("x-pipcache: {find-links: []}")).FindLinks.ShouldBeNull();
    }

    [Fact]
    public async Task A_service_can_do_without_us()
    {
        var settings = await SettingsAsync(
            """
            services:
              web.api: {build: {context: /x, x-pipcache: {enabled: false}}}
              worker: {build: {context: /x}}
              redis: {image: redis}
            """);

        settings.DisabledTargets.ShouldBe(["web_api"]);
    }

    [Fact]
    public async Task A_project_can_do_without_us_but_for_a_service()
    {
        const string Model =
            """
            x-pipcache: {enabled: false}
            services:
              web: {build: {context: /x, x-pipcache: {enabled: true}}}
              worker: {build: {context: /x}}
              cron: {build: {context: /x, x-pipcache: {enabled: false}}}
            """;

        (await SettingsAsync(Model)).DisabledTargets.ShouldBe(["worker", "cron"]);
        (await SettingsAsync(Model, "--no-pipcache=false")).DisabledTargets.ShouldBe(["cron"]);
    }

    [Fact]
    public async Task A_project_that_does_without_us_is_composes_alone()
    {
        _model = "x-pipcache: {enabled: false, find-links: [missing]}\nservices: {web: {build: {context: /x}}}";
        _cli.Processes.ExitCode = 3;

        (await _cli.RunAsync("pipcache", "up", "-d")).ShouldBe(3);

        var start = _cli.Processes.Replaced.ShouldHaveSingleItem();
        start.Arguments.ShouldBe(["compose", "up", "-d"]);
        start.Environment["PIPCACHE_SETTINGS"].ShouldBeNull();
        _cli.Processes.Supervised.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_compose_cannot_read_is_left_for_it_to_complain_about()
    {
        (await _cli.RunAsync("pipcache", "up")).ShouldBe(0);

        Questions.Count().ShouldBe(2);
        _cli.Processes.Supervised.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("find_links: []", "x-pipcache.find_links", "did you mean `find-links`?")]
    [InlineData("Offline: true", "x-pipcache.Offline", "did you mean `offline`?")]
    [InlineData(
        "colour: red",
        "x-pipcache.colour",
        "the keys are enabled, find-links, max-size, offline, refresh-after, retries, strict")]
    public async Task A_key_that_nothing_obeys_is_an_error(string line, string key, string hint) =>
        (await FailAsync($"x-pipcache:\n  {line}")).ShouldBe(
            new ErrorText("unknown-key", $"unknown key `{key}`", $"it is set in {ComposeFile}", hint));

    [Fact]
    public async Task So_is_a_key_that_a_service_cannot_have() =>
        (await FailAsync("services: {web: {build: {x-pipcache: {enable: false}}}}")).ShouldBe(new ErrorText(
            "unknown-key",
            "unknown key `services.web.build.x-pipcache.enable`",
            $"it is set in {ComposeFile}",
            "did you mean `enabled`?"));

    [Fact]
    public async Task So_are_settings_next_to_build() =>
        (await FailAsync("services: {web: {x-pipcache: {enabled: false}}}")).ShouldBe(new ErrorText(
            "misplaced-settings",
            "`services.web.x-pipcache` stands in the wrong place",
            $"it is set in {ComposeFile}",
            "move it to `services.web.build.x-pipcache`"));

    [Theory]
    [InlineData("retries: many", "invalid value \"many\" for `x-pipcache.retries`")]
    [InlineData("offline: maybe", "invalid value \"maybe\" for `x-pipcache.offline`")]
    [InlineData("strict: yes", "invalid value \"yes\" for `x-pipcache.strict`")]
    [InlineData("refresh-after: 24", "invalid value \"24\" for `x-pipcache.refresh-after`")]
    [InlineData("max-size: big", "invalid value \"big\" for `x-pipcache.max-size`")]
    [InlineData("find-links: [a, '']", "invalid value \"\" for `x-pipcache.find-links[1]`")]
    [InlineData("find-links: {a: b}", "`x-pipcache.find-links` takes a folder or a list of folders")]
    [InlineData("find-links: [[a]]", "`x-pipcache.find-links[0]` takes text")]
    [InlineData("retries: [3]", "`x-pipcache.retries` takes a single value")]
    public async Task A_value_that_cannot_be_meant_is_named_with_its_file(string line, string message)
    {
        var error = await FailAsync($"x-pipcache:\n  {line}");

        error.What.ShouldBe(message);
        error.Why.ShouldBe($"it is set in {ComposeFile}");
    }

    [Theory]
    [InlineData("x-pipcache: [offline]")]
    [InlineData("x-pipcache: false")]
    public async Task Settings_without_keys_are_an_error(string model) =>
        (await FailAsync(model)).What.ShouldBe("`x-pipcache` takes keys and values");

    [Theory]
    [InlineData("x-pipcache:")]
    [InlineData("x-pipcache: {retries: }")]
    [InlineData("")]
    public async Task What_stands_there_without_a_value_says_nothing(string model) =>
        (await SettingsAsync(model)).Retries.ShouldBeNull();

    [Fact]
    public async Task A_folder_of_the_projects_that_is_not_there_is_named_with_its_file()
    {
        var error = await FailAsync("x-pipcache: {find-links: [w]}");

        error.What.ShouldBe($"`x-pipcache.find-links[0]`: there is no folder {_cli.Folder.At("project", "w")}");
        error.Why.ShouldBe($"it is set in {ComposeFile}");
    }

    [Theory]
    [InlineData("retrys: 3", "unknown key `retrys`")]
    [InlineData("retries: x", "invalid value \"x\" for `retries`")]
    [InlineData("- 3", null)]
    [InlineData("a: [", null)]
    public async Task The_users_own_file_is_checked_the_same_way(string content, string? message)
    {
        _model = "services: {}";
        var file = _cli.Folder.Write("home/.config/docker-pipcache/config.yaml", content);

        var error = await _cli.FailAsync("pipcache", "up");

        error.What.ShouldBe(message ?? $"cannot read the settings in {file}");
        error.Why!.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_users_own_file_may_be_in_another_place_and_switch_us_off()
    {
        _cli.Set("XDG_CONFIG_HOME", _cli.Folder.At("etc"));
        _cli.Folder.Write("etc/docker-pipcache/config.yaml", "enabled: false");
        _model = "services: {}";

        (await _cli.RunAsync("pipcache", "up")).ShouldBe(0);
        _cli.Processes.Replaced.ShouldHaveSingleItem();

        await SettingsAsync("x-pipcache: {enabled: true}");
    }
}
