using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Compose;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class ConfigOverlayTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private ConfigOverlay Overlay => new(_folder.At("cache"), "/usr/bin/docker-pipcache");

    private string Source => _folder.At("docker");

    private string Refresh() => Overlay.Refresh(new DockerConfigDirectory(Source));

    public void Dispose() => _folder.Dispose();

    private static JsonElement ConfigOf(string overlay) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(overlay, "config.json"))).RootElement;

    private static string FirstPluginFolder(string overlay) =>
        ConfigOf(overlay).GetProperty("cliPluginsExtraDirs")[0].GetString()!;

    [Fact]
    public void We_are_the_first_builder_that_compose_finds()
    {
        _folder.Write("docker/config.json", """{"cliPluginsExtraDirs":["/theirs"],"currentContext":"far"}""");

        var overlay = Refresh();

        var folders = ConfigOf(overlay).GetProperty("cliPluginsExtraDirs");
        folders.GetArrayLength().ShouldBe(2);
        folders[1].GetString().ShouldBe("/theirs");
        new FileInfo(Path.Combine(FirstPluginFolder(overlay), "docker-buildx")).LinkTarget
            .ShouldBe("/usr/bin/docker-pipcache");
        ConfigOf(overlay).GetProperty("currentContext").GetString().ShouldBe("far");
    }

    [Fact]
    public void Every_other_value_is_copied_to_the_letter()
    {
        _folder.Write(
            "docker/config.json",
            """{"auths": {"h": {"auth": "YTpi\u003d"}}, "big": 1e400, "CLIpluginsEXTRAdirs": ["/x"]}""");

        var text = File.ReadAllText(Path.Combine(Refresh(), "config.json"));

        text.ShouldContain("""{"h": {"auth": "YTpi\u003d"}}""");
        text.ShouldContain("1e400");
        text.ShouldNotContain("EXTRA", Case.Sensitive);
        text.ShouldContain("/x");
    }

    [Fact]
    public void Everything_else_leads_to_the_original()
    {
        _folder.Write("docker/contexts/meta/a", "context");
        _folder.Write("docker/key.pem", "key");

        var overlay = Refresh();

        File.ReadAllText(Path.Combine(overlay, "contexts", "meta", "a")).ShouldBe("context");
        new FileInfo(Path.Combine(overlay, "key.pem")).LinkTarget.ShouldBe(_folder.At("docker", "key.pem"));
        new FileInfo(Path.Combine(overlay, "config.json")).LinkTarget.ShouldBeNull();
    }

    [Fact]
    public void Only_the_owner_may_look()
    {
        _folder.Write("docker/config.json", "{}");
        File.SetUnixFileMode(_folder.At("docker", "config.json"), OwnerFile | UnixFileMode.OtherRead);

        var overlay = Refresh();

        File.GetUnixFileMode(Path.Combine(overlay, "config.json")).ShouldBe(OwnerFile);
        foreach (var directory in (string[])[_folder.At("cache"), _folder.At("cache", "overlay"), overlay])
        {
            File.GetUnixFileMode(directory).ShouldBe(OwnerFile | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void It_follows_what_changes_in_the_original()
    {
        _folder.Write("docker/config.json", """{"credsStore":"old"}""");
        _folder.Write("docker/gone", "");
        _folder.Write("docker/stays", "");
        var overlay = Refresh();

        _folder.Write("docker/config.json", """{"credsStore":"new"}""");
        File.Delete(_folder.At("docker", "gone"));
        _folder.Write("docker/came", "");
        Refresh().ShouldBe(overlay);

        ConfigOf(overlay).GetProperty("credsStore").GetString().ShouldBe("new");
        Directory.EnumerateFileSystemEntries(overlay).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["came", "config.json", "stays"]);
    }

    [Fact]
    public void What_docker_itself_put_there_is_not_taken_away()
    {
        var overlay = Refresh();
        File.WriteAllText(Path.Combine(overlay, "token"), "theirs");
        Directory.CreateDirectory(Path.Combine(overlay, "buildx"));
        _folder.Write("docker/buildx/current", "x");

        Refresh();

        File.ReadAllText(Path.Combine(overlay, "token")).ShouldBe("theirs");
        Directory.Exists(Path.Combine(overlay, "buildx")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public void Nothing_configured_is_enough(string? config)
    {
        if (config is not null)
        {
            _folder.Write("docker/config.json", config);
        }

        ConfigOf(Refresh()).EnumerateObject().Single().Name.ShouldBe("cliPluginsExtraDirs");
    }

    [Fact]
    public void A_broken_config_is_none_as_for_docker()
    {
        _folder.Write("docker/config.json", "{");

        ConfigOf(Refresh()).EnumerateObject().Single().Name.ShouldBe("cliPluginsExtraDirs");
    }

    [Fact]
    public void A_config_with_a_value_of_the_wrong_kind_is_named()
    {
        _folder.Write("docker/config.json", """{"auths": 1}""");

        Should.Throw<PipCacheException>(Refresh).Text.What.ShouldContain(_folder.At("docker", "config.json"));
    }

    [Fact]
    public void Each_docker_folder_and_each_of_our_binaries_has_its_own()
    {
        var other = Overlay.Refresh(new DockerConfigDirectory(_folder.At("other")));
        var newer = new ConfigOverlay(_folder.At("cache"), "/opt/docker-pipcache")
            .Refresh(new DockerConfigDirectory(Source));

        new[] { Refresh(), other, newer }.ShouldBeUnique();
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_named()
    {
        _folder.Write("cache", "a file");

        var error = Should.Throw<PipCacheException>(Refresh).Text;

        error.What.ShouldBe($"cannot write to the cache directory {_folder.At("cache")}");
        error.Hint!.ShouldContain("PIPCACHE_DIR");
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not()
    {
        var overlay = Refresh();
        var dead = Path.Combine(overlay, $"config.json.{int.MaxValue}-1.tmp");
        var living = Path.Combine(overlay, $"config.json.{Environment.ProcessId}-9999.tmp");
        File.WriteAllText(dead, "");
        File.WriteAllText(living, "");

        Refresh();

        File.Exists(dead).ShouldBeFalse();
        File.Exists(living).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_at_once_end_with_a_whole_one()
    {
        _folder.Write("docker/config.json", """{"credsStore":"x"}""");
        for (var i = 0; i < 20; i++)
        {
            _folder.Write($"docker/entry{i}", "");
        }

        var overlays = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => Enumerable.Range(0, 10).Select(_ => Refresh()).Last(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        overlays.Distinct().Count().ShouldBe(1);
        Directory.EnumerateFileSystemEntries(overlays[0]).Count().ShouldBe(21);
        ConfigOf(overlays[0]).GetProperty("credsStore").GetString().ShouldBe("x");
    }
}
