using ComposePipCache.Build;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public class EnvironmentSnapshotTests
{
    [Fact]
    public void An_empty_variable_counts_as_not_set_but_stays_in_the_list()
    {
        var environment = new EnvironmentSnapshot([new("DOCKER_HOST", "")], "/work");

        environment["DOCKER_HOST"].ShouldBeNull();
        environment.Variables.Keys.ShouldContain("DOCKER_HOST");
    }

    [Fact]
    public void A_changed_copy_leaves_the_original_alone()
    {
        var original = new EnvironmentSnapshot([new("A", "1"), new("B", "2")], "/work");

        var changed = original.With("A", "3").With("B", null);

        changed.Variables.ShouldBe([new("A", "3")]);
        original.Variables.Count.ShouldBe(2);
    }

    [Fact]
    public void The_snapshot_of_the_process_knows_its_path()
    {
        EnvironmentSnapshot.FromProcess()["PATH"].ShouldBe(Environment.GetEnvironmentVariable("PATH"));
    }

    [Fact]
    public void A_program_is_the_first_runnable_file_of_its_name_on_the_path()
    {
        using var home = new DockerHome();
        home.Write("first/tool", "not runnable");
        Directory.CreateDirectory(home.At("second", "tool"));
        File.CreateSymbolicLink(home.At("second", "other"), home.At("nowhere"));
        var expected = home.Executable("third/tool");
        home.Executable("fourth/tool");
        var path = string.Join(':', "relative", home.At("first"), home.At("second"), home.At("third"), home.At("fourth"));
        var environment = home.Set("PATH", path).Environment;

        environment.FindProgram("tool").ShouldBe(expected);
        environment.FindProgram("other").ShouldBeNull();
    }

    [Fact]
    public void A_program_in_a_relative_path_entry_is_not_found()
    {
        using var home = new DockerHome();
        home.Executable("relative/tool");

        home.Set("PATH", "relative:.").Environment.FindProgram("tool").ShouldBeNull();
    }
}
