using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>A machine that lacks something: compose, room, rights, or a sound docker configuration.</summary>
public sealed class BadHostTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private ComposeProject _project = null!;
    private Trial _trial = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.OpenAsync(BedEngines.Names[0]);
        _project = ComposeProject.FromFiles(
            _engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("Dockerfile", "FROM busybox\nCOPY . /\n"));
        _trial = new Trial(_engine, _project.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task Without_compose_we_say_where_we_looked()
    {
        File.Delete(Plugin("docker-compose"));

        var build = await _trial.PipCacheAsync("build");

        Assert.SkipWhen(build.ExitCode == 0, "this machine has a compose in a folder of the system");
        build.ShouldExplain("docker compose is not installed", Path.GetDirectoryName(Plugin(""))!, "2.31 or newer");
        (await _trial.ComposeAsync("build")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_compose_that_cannot_leave_its_builds_to_us_is_refused_and_can_still_be_used()
    {
        File.Delete(Plugin("docker-compose"));
        File.CreateSymbolicLink(Plugin("docker-compose"), await BedScript.PathAsync("compose-old"));

        var build = await _trial.PipCacheAsync("up", "--build", "-d");

        build.ShouldExplain("docker compose 2.26.1", "that takes 2.31 or newer", "`--no-pipcache`");
        (await _trial.PipCacheAsync("--no-pipcache", "build")).ExitCode.ShouldBe(0);
        (await _trial.PipCacheAsync("ps")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_compose_that_does_not_start_is_named()
    {
        WriteProgram(Plugin("docker-compose"), "exit 3");

        var build = await _trial.PipCacheAsync("build");

        build.ShouldExplain("docker compose does not start", Plugin("docker-compose"), "`docker compose version`");
        (await _trial.ComposeAsync("build")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task The_classic_builder_is_refused()
    {
        var build = await _trial.With("DOCKER_BUILDKIT", "0").PipCacheAsync("up", "--build", "-d");

        build.ShouldExplain("DOCKER_BUILDKIT=0", "builds with BuildKit", "unset DOCKER_BUILDKIT");
        (await _trial.With("DOCKER_BUILDKIT", "0").PipCacheAsync("--no-pipcache", "build")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Switching_bake_off_does_not_switch_us_off()
    {
        var build = await _trial.With("COMPOSE_BAKE", "false").PipCacheAsync("build");

        build.ExitCode.ShouldBe(0, build.ToString());
        build.ToString().ShouldNotContain("COMPOSE_BAKE");
        Directory.Exists(Path.Combine(_engine.CacheDirectory, "settings")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_broken_configuration_is_warned_of_once_and_gone_on_without()
    {
        await File.WriteAllTextAsync(ConfigFile, "{\"auths\": ", TestContext.Current.CancellationToken);

        var build = await _trial.PipCacheAsync("build");

        build.ExitCode.ShouldBe((await _trial.ComposeAsync("build")).ExitCode, build.ToString());
        build.ExitCode.ShouldBe(0, build.ToString());
        build.Error.Split("WARNING: Error parsing config file").Length.ShouldBe(2, build.ToString());
    }

    [Fact]
    public async Task A_configuration_with_a_value_of_the_wrong_kind_is_an_error()
    {
        await File.WriteAllTextAsync(ConfigFile, """{"auths": {"h": "x"}}""", TestContext.Current.CancellationToken);

        (await _trial.PipCacheAsync("build")).ShouldExplain(
            $"docker's configuration {ConfigFile} cannot be understood", "`auths.h` is a string", "correct the file");
    }

    [Fact]
    public async Task A_credential_helper_that_is_missing_is_named_by_the_step_that_needs_it()
    {
        await File.WriteAllTextAsync(ConfigFile, """{"credsStore": "nosuch"}""", TestContext.Current.CancellationToken);
        (await _trial.PipCacheAsync("build")).ExitCode.ShouldBe(0);
        _project.Write("Dockerfile", "FROM 127.0.0.1:5001/nosuch/image:1\n");

        (await _trial.PipCacheAsync("build")).ShouldRefuse(
            ">>> FROM 127.0.0.1:5001/nosuch/image:1",
            "cannot get credentials for 127.0.0.1:5001: `docker-credential-nosuch` is not on the PATH");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_named()
    {
        using var home = new TemporaryFolder();
        File.SetUnixFileMode(home.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var trial = _trial.AsOrdinaryUser().With("PIPCACHE_DIR", null).With("XDG_CACHE_HOME", null).With("HOME", home.Path);

        (await trial.PipCacheAsync("build")).ShouldExplain(
            $"cannot write to the cache directory {home.Path}/.cache/docker-pipcache", "permission denied", "PIPCACHE_DIR");
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_cache_folder_is_named()
    {
        var path = Path.Combine(_project.Folder, "Dockerfile");

        (await _trial.With("PIPCACHE_DIR", path).PipCacheAsync("build")).ShouldExplain(
            $"cannot write to the cache directory {path}", "already exists", "PIPCACHE_DIR");
    }

    [Theory]
    [InlineData(1, "overlay")]
    [InlineData(8, "settings")]
    public async Task A_full_disk_is_named(int files, string whatFails)
    {
        _ = whatFails;
        using var folder = new TemporaryFolder();
        var trial = (_trial with
        {
            Through =
            [
                "unshare", "--mount", "sh", "-c",
                $"mount -t tmpfs -o nr_inodes={files} tmpfs {folder.Path} && exec \"$@\"", "sh",
            ],
        }).With("PIPCACHE_DIR", folder.Path);

        (await trial.PipCacheAsync("build")).ShouldExplain(
            $"cannot write to the cache directory {folder.Path}", "No space left on device", "PIPCACHE_DIR");
    }

    [Fact]
    public async Task A_full_disk_that_keeps_an_inline_Dockerfile_out_is_named()
    {
        (await _trial.PipCacheAsync("build")).ExitCode.ShouldBe(0);
        _project.Write("compose.yaml", "services: {web: {build: {context: ., dockerfile_inline: 'FROM busybox'}}}\n");
        var trial = _trial with
        {
            Through =
            [
                "unshare", "--mount", "sh", "-c",
                $"mount --bind {_engine.CacheDirectory} {_engine.CacheDirectory} && mount -o remount,bind,ro {_engine.CacheDirectory} && exec \"$@\"", "sh",
            ],
        };

        (await trial.PipCacheAsync("build")).ShouldExplain(
            $"cannot write to the cache directory {_engine.CacheDirectory}", "Read-only file system", "PIPCACHE_DIR");
    }

    [Theory]
    [InlineData("secret.txt", "error from sender: cannot read `secret.txt`: permission denied")]
    [InlineData("sub", "error from sender: cannot read `sub`: permission denied")]
    [InlineData("Dockerfile", "failed to read dockerfile: error from sender: cannot read `Dockerfile`: permission denied")]
    public async Task A_file_of_the_context_that_may_not_be_read_is_named(string name, string message)
    {
        _project.Write("secret.txt", "x");
        _project.Write("sub/file", "x");
        File.SetUnixFileMode(Path.Combine(_project.Folder, name), UnixFileMode.None);

        (await _trial.AsOrdinaryUser().PipCacheAsync("build")).ShouldRefuse(message);
    }

    [Fact]
    public async Task A_compose_file_that_may_not_be_read_is_composes_business()
    {
        File.SetUnixFileMode(Path.Combine(_project.Folder, "compose.yaml"), UnixFileMode.None);
        var trial = _trial.AsOrdinaryUser();

        (await trial.PipCacheAsync("build")).ShouldBeComposes(await trial.ComposeAsync("build"));
    }

    [Fact]
    public async Task A_builder_that_does_not_exist_is_named_however_it_was_chosen()
    {
        var byFlag = await _trial.PipCacheAsync("build", "--builder", "nosuch");
        var byVariable = await _trial.With("BUILDX_BUILDER", "nosuch").PipCacheAsync("up", "--build", "-d");

        byFlag.ShouldExplain("no builder \"nosuch\" found", "no instance of that name", "`docker buildx ls`");
        byVariable.ShouldExplain("no builder \"nosuch\" found", "no instance of that name", "`docker buildx ls`");
        (await _trial.ComposeAsync("build", "--builder", "nosuch")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_builder_of_another_kind_is_refused()
    {
        await _engine.SucceedAsync("/", "buildx", "create", "--name", "other", "--driver", "docker-container");

        (await _trial.PipCacheAsync("build", "--builder", "other")).ShouldExplain(
            "builder other is not the engine of the docker context", "driver docker-container", "`docker buildx use default`");
    }

    private string ConfigFile => Path.Combine(_engine.ConfigDirectory, "config.json");

    private string Plugin(string name) => Path.Combine(_engine.ConfigDirectory, "cli-plugins", name);

    private static void WriteProgram(string path, string body)
    {
        File.Delete(path);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
