using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class CliPluginSearchPathTests : IDisposable
{
    private readonly DockerHome _home = new();

    public void Dispose() => _home.Dispose();

    private CliPluginSearchPath Directories(params string[] names) => new([.. names.Select(name => _home.At(name))]);

    [Fact]
    public void Extra_folders_come_before_the_users_and_those_before_the_systems()
    {
        _home.WithConfig("""{"cliPluginsExtraDirs":["/extra","relative"]}""");

        var paths = new CliPluginSearchPath(_home.Config, _home.Config.ReadConfigFile(), _home.Environment).Paths;

        paths.Take(3).ShouldBe(["/extra", _home.At("relative"), _home.At(".docker", "cli-plugins")]);
        paths.Skip(3).ShouldBe(
        [
            "/usr/local/lib/docker/cli-plugins",
            "/usr/local/libexec/docker/cli-plugins",
            "/usr/lib/docker/cli-plugins",
            "/usr/libexec/docker/cli-plugins",
        ]);
    }

    [Fact]
    public void The_first_folder_that_has_it_wins()
    {
        var expected = _home.Executable("b/docker-buildx");
        _home.Executable("c/docker-buildx");

        Directories("a", "b", "c").Find("buildx").ShouldBe(expected);
        Directories("a", "b", "c").Find("compose").ShouldBeNull();
    }

    [Fact]
    public void Folders_broken_links_and_files_that_cannot_run_are_passed_over()
    {
        Directory.CreateDirectory(_home.At("a", "docker-buildx"));
        Directory.CreateDirectory(_home.At("b"));
        File.CreateSymbolicLink(_home.At("b", "docker-buildx"), _home.At("nowhere"));
        _home.Write("c/docker-buildx", "no execute bit");
        _home.Write("d", "no folder at all");
        var expected = _home.Executable("e/docker-buildx");

        Directories("a", "b", "c", "d", "e").Find("buildx").ShouldBe(expected);
    }

    [Fact]
    public void A_link_to_a_plugin_counts_as_the_plugin()
    {
        var target = _home.Executable("real/binary");
        Directory.CreateDirectory(_home.At("a"));
        File.CreateSymbolicLink(_home.At("a", "docker-compose"), target);

        Directories("a").Find("compose").ShouldBe(_home.At("a", "docker-compose"));
    }

    [Fact]
    public void Our_own_file_is_passed_over_under_every_name_that_leads_to_it()
    {
        var ours = _home.Executable("opt/docker-pipcache");
        Directory.CreateDirectory(_home.At("a"));
        File.CreateSymbolicLink(_home.At("a", "docker-buildx"), ours);
        Directory.CreateDirectory(_home.At("b"));
        File.CreateSymbolicLink(_home.At("b", "docker-buildx"), "../a/docker-buildx");
        Directory.CreateSymbolicLink(_home.At("c"), _home.At("b"));
        Directory.CreateSymbolicLink(_home.At("linked-opt"), _home.At("opt"));
        var expected = _home.Executable("d/docker-buildx");

        Directories("a", "b", "c", "d").Find("buildx", ours).ShouldBe(expected);
        Directories("a", "b", "c", "d").Find("buildx", _home.At("linked-opt", "docker-pipcache")).ShouldBe(expected);
        Directories("a", "b", "c", "d").Find("buildx").ShouldBe(_home.At("a", "docker-buildx"));
    }

    [Fact]
    public void Links_in_a_circle_are_no_plugin_and_no_hang()
    {
        Directory.CreateDirectory(_home.At("a"));
        File.CreateSymbolicLink(_home.At("a", "docker-buildx"), _home.At("a", "x"));
        File.CreateSymbolicLink(_home.At("a", "x"), _home.At("a", "docker-buildx"));

        Directories("a").Find("buildx", _home.At("a", "x")).ShouldBeNull();
    }
}
