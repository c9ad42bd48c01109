using ComposePipCache.Build;
using ComposePipCache.Cli.Compose;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class ComposeFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private EnvironmentSnapshot _environment;

    public ComposeFilesTests()
    {
        Directory.CreateDirectory(_folder.At("project", "sub", "deep"));
        _environment = new EnvironmentSnapshot([], _folder.At("project", "sub"));
    }

    public void Dispose() => _folder.Dispose();

    // Paths below the folder of the test, to keep the expectations short.
    private (string[] Paths, string Directory) Locate(params string[] words)
    {
        var files = ComposeFiles.Locate(ComposeCommandLine.Parse([.. words, "up"]), _environment);
        return ([.. files.Paths.Select(Short)], Short(files.ProjectDirectory));
    }

    private string Short(string path) =>
        Path.IsPathFullyQualified(path) ? Path.GetRelativePath(_folder.Path, path) : path;

    private void Files(params string[] names)
    {
        foreach (var name in names)
        {
            _folder.Write(name, "services: {}\n");
        }
    }

    [Theory]
    [InlineData("compose.yaml", "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")]
    [InlineData("compose.yml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")]
    [InlineData("docker-compose.yml", "docker-compose.yml", "docker-compose.yaml")]
    [InlineData("docker-compose.yaml", "docker-compose.yaml")]
    public void The_first_of_four_names_is_taken(string expected, params string[] present)
    {
        Files([.. present.Select(name => $"project/sub/{name}")]);

        var (paths, directory) = Locate();

        paths.ShouldBe([$"project/sub/{expected}"]);
        directory.ShouldBe("project/sub");
    }

    [Fact]
    public void With_the_first_override_next_to_it()
    {
        Files("project/sub/compose.yml");
        Files("project/sub/docker-compose.override.yml", "project/sub/compose.override.yaml");

        Locate().Paths.ShouldBe(["project/sub/compose.yml", "project/sub/compose.override.yaml"]);
    }

    [Fact]
    public void A_folder_above_will_do()
    {
        Files("project/compose.yaml", "project/sub/compose.override.yaml");

        var (paths, directory) = Locate();

        paths.ShouldBe(["project/compose.yaml"]);
        directory.ShouldBe("project");
    }

    [Theory]
    [InlineData("-f", "a.yml", "--file", "../b.yml")]
    [InlineData("-fa.yml", "--file=../b.yml")]
    [InlineData("--profile", "x", "-f=a.yml", "-p", "name", "-f", "../b.yml")]
    public void Files_that_are_named_are_the_only_ones(params string[] words)
    {
        Files("project/sub/compose.yaml");
        _environment = _environment.With("COMPOSE_FILE", "c.yml");

        var (paths, directory) = Locate(words);

        paths.ShouldBe(["project/sub/a.yml", "project/b.yml"]);
        directory.ShouldBe("project/sub");
    }

    [Fact]
    public void The_first_file_that_is_named_tells_the_folder()
    {
        Locate("-f", "../b.yml", "-f", "a.yml").Directory.ShouldBe("project");
        Locate("-f", "-", "-f", "deep/a.yml").ShouldSatisfyAllConditions(
            located => located.Paths.ShouldBe(["-", "project/sub/deep/a.yml"]),
            located => located.Directory.ShouldBe("project/sub/deep"));
        Locate("-f", "-").Directory.ShouldBe("project/sub");
    }

    [Theory]
    [InlineData("--project-directory")]
    [InlineData("--workdir")]
    public void The_folder_can_be_given(string option)
    {
        Files("project/sub/compose.yaml", "project/compose.yaml");

        var (paths, directory) = Locate(option, "..");

        paths.ShouldBe(["project/compose.yaml"]);
        directory.ShouldBe("project");
        Locate(option, "..", "-f", "a.yml").Paths.ShouldBe(["project/sub/a.yml"]);
    }

    [Theory]
    [InlineData("a.yml:../b.yml", null)]
    [InlineData("a.yml,../b.yml", ",")]
    public void The_environment_can_name_the_files(string value, string? separator)
    {
        _environment = _environment.With("COMPOSE_FILE", value).With("COMPOSE_PATH_SEPARATOR", separator);

        Locate().Paths.ShouldBe(["project/sub/a.yml", "project/b.yml"]);
    }

    [Theory]
    [InlineData("COMPOSE_FILE=x.yml\nOTHER=1\n")]
    [InlineData("# COMPOSE_FILE=y.yml\n export COMPOSE_FILE = \"x.yml\"\n")]
    public void So_can_an_env_file(string content)
    {
        Files("project/sub/compose.yaml");
        _folder.Write("project/sub/.env", content);

        Locate().Paths.ShouldBe(["project/sub/x.yml"]);

        _environment = _environment.With("COMPOSE_DISABLE_ENV_FILE", "1");
        Locate().Paths.ShouldBe(["project/sub/compose.yaml"]);
    }

    [Fact]
    public void Other_env_files_stand_in_for_the_usual_one()
    {
        _folder.Write("project/sub/.env", "COMPOSE_FILE=usual.yml\n");
        _folder.Write("project/sub/one.env", "COMPOSE_FILE=one.yml\n");
        _folder.Write("project/sub/two.env", "COMPOSE_FILE=two.yml\n");

        Locate("--env-file", "one.env").Paths.ShouldBe(["project/sub/one.yml"]);

        _environment = _environment.With("COMPOSE_ENV_FILES", "one.env,two.env");
        Locate().Paths.ShouldBe(["project/sub/two.yml"]);
        Locate("--env-file", "one.env").Paths.ShouldBe(["project/sub/one.yml"]);
    }

    [Theory]
    [InlineData(true, "x-pipcache:\n  offline: true\n")]
    [InlineData(true, "services: {a: {build: {x-pipcache: {enabled: false}}}}")]
    [InlineData(true, "include:\n  - other.yaml\n")]
    [InlineData(true, "\"include\" : [other.yaml]")]
    [InlineData(true, "services: {a: {extends: {file: o.yaml, service: b}}}")]
    [InlineData(false, "services: {a: {extends: {service: b}}, b: {build: {dockerfile: D}, env_file: e}}")]
    [InlineData(false, "services:\n  web:\n    command: include this\n    labels: {com.include: x}\n")]
    [InlineData(false, "")]
    public void The_text_of_a_file_tells_whether_compose_has_to_be_asked(bool expected, string text)
    {
        var path = _folder.Write("c.yaml", text);

        ComposeText.MayHoldSettings(path).ShouldBe(expected);
    }

    [Fact]
    public void A_file_from_elsewhere_may_hold_anything_and_standard_input_is_left_to_compose()
    {
        ComposeText.MayHoldSettings("/nowhere/oci:/x").ShouldBeTrue();
        ComposeText.MayHoldSettings("-").ShouldBeFalse();
    }
}
