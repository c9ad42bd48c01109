using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Processes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private const string ComposeHelp =
        """
        Usage:  docker compose up [OPTIONS] [SERVICE...]

        Create and start containers

        Options:
              --build   Build images before starting containers
          -d, --detach  Detached mode

        """;

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("pipcache")]
    [InlineData("pipcache", "--help")]
    [InlineData("pipcache", "-h")]
    [InlineData("pipcache", "help")]
    [InlineData("help", "pipcache")]
    [InlineData("--help")]
    [InlineData]
    public async Task Our_own_help_is_docker_style(params string[] words)
    {
        (await _cli.RunAsync(words)).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "help");
    }

    [Theory]
    [InlineData("pipcache", "version", "--help")]
    [InlineData("pipcache", "help", "version")]
    [InlineData("help", "pipcache", "version")]
    public async Task So_is_that_of_a_verb_of_ours(params string[] words)
    {
        (await _cli.RunAsync(words)).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "help-version");
    }

    [Theory]
    [InlineData("pipcache", "fetch", "--help")]
    [InlineData("pipcache", "fetch", "--no-build", "web", "-h")]
    [InlineData("help", "pipcache", "fetch")]
    public async Task A_verb_of_ours_that_builds_has_our_options_on_top_as_well(params string[] words)
    {
        (await _cli.RunAsync(words)).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "help-fetch");
    }

    [Theory]
    [InlineData("pipcache", "up", "--help")]
    [InlineData("pipcache", "up", "-d", "web", "--help")]
    [InlineData("pipcache", "help", "up")]
    [InlineData("help", "pipcache", "up")]
    public async Task The_help_of_a_building_verb_is_composes_with_our_options_on_top(params string[] words)
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(0, ComposeHelp));

        (await _cli.RunAsync(words)).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "help-up");
        _cli.Processes.Captured.ShouldHaveSingleItem().Arguments[^1].ShouldBe("--help");
    }

    [Fact]
    public async Task The_help_of_any_other_verb_is_composes_own()
    {
        await _cli.RunAsync("pipcache", "ps", "--help");

        _cli.Processes.Replaced.ShouldHaveSingleItem().Arguments.ShouldBe(["compose", "ps", "--help"]);
    }

    [Theory]
    [InlineData("Docker Pipcache version v0.1.0\n", "version")]
    [InlineData("Docker Pipcache version v0.1.0\n", "--version")]
    [InlineData("Docker Pipcache version v0.1.0\n", "-v")]
    [InlineData("0.1.0\n", "version", "--short")]
    [InlineData("{\"version\":\"v0.1.0\"}\n", "version", "--format", "json")]
    [InlineData("{\"version\":\"v0.1.0\"}\n", "version", "-f", "json")]
    public async Task The_version_comes_in_the_form_that_was_asked_for(string expected, params string[] words)
    {
        (await _cli.RunAsync(["pipcache", .. words])).ShouldBe(0);

        _cli.Output.StandardOutput.ShouldBe(expected);
    }

    [Theory]
    [InlineData("unknown flag: --bogus", "--bogus")]
    [InlineData("`docker pipcache version` accepts no arguments, got \"x\"", "x")]
    public async Task A_wrong_word_behind_our_verb_is_named(string message, string word)
    {
        var error = await _cli.FailAsync("pipcache", "version", word);

        error.What.ShouldBe(message);
        error.Hint.ShouldBe("run `docker pipcache version --help` for what it takes");
    }

    [Fact]
    public async Task So_is_a_format_that_there_is_not() =>
        (await _cli.FailAsync("pipcache", "version", "--format", "xml")).What
            .ShouldBe("invalid value \"xml\" for `--format`");

    [Fact]
    public void An_error_has_three_parts()
    {
        Golden.Matches(
            ErrorRenderer.Render(
                CliErrors.ComposeTooOld("2.30.0", "/usr/libexec/docker/cli-plugins/docker-compose")) + "\n",
            "error");
        ErrorRenderer.Render(new ErrorText("x", "only what")).ShouldBe("ERROR: only what");
        ErrorRenderer.Render(new ErrorText("x", "a", "first\nsecond"))
            .ShouldBe("ERROR: a\ncause: first\n       second");
    }
}
