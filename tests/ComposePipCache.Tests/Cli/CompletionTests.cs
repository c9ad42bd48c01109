using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class CompletionTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    private void ComposeSuggests(params string[] lines) => _cli.Processes.Answer =
        (_, _) => Task.FromResult(new CapturedRun(0, string.Join('\n', lines) + "\n"));

    private async Task<string[]> CompleteAsync(params string[] words)
    {
        (await _cli.RunAsync(["__complete", "pipcache", .. words])).ShouldBe(0);
        return _cli.Output.StandardOutput.TrimEnd('\n').Split('\n');
    }

    [Fact]
    public async Task Verbs_are_ours_and_composes()
    {
        ComposeSuggests(
            "up\tCreate and start containers", "version\tShow the Docker Compose version information", ":4");

        (await CompleteAsync("")).ShouldBe(
            [
                "fetch\tGet all that building and starting services needs without a network",
                "version\tShow the version of docker pipcache",
                "wheels\tShow and manage the wheels and sdists that builds keep",
                "up\tCreate and start containers",
                ":4",
            ]);
        _cli.Processes.Captured.ShouldHaveSingleItem().Arguments.ShouldBe(["__complete", "compose", ""]);
    }

    [Fact]
    public async Task Our_options_are_kept_from_compose()
    {
        ComposeSuggests("web", ":4");

        (await CompleteAsync("--no-pipcache", "up", "--scale", "w")).ShouldBe(["web", ":4"]);
        _cli.Processes.Captured.ShouldHaveSingleItem().Arguments
            .ShouldBe(["__complete", "compose", "up", "--scale", "w"]);
    }

    [Theory]
    [InlineData("--no-p")]
    [InlineData("up", "--no-p")]
    [InlineData("build", "--no-cache", "--no-p")]
    public async Task Our_options_are_offered_where_they_may_stand(params string[] words)
    {
        ComposeSuggests(":4");

        (await CompleteAsync(words))[0].ShouldStartWith("--no-pipcache\t");
    }

    [Theory]
    [InlineData("ps", "--no-p")]
    [InlineData("run", "web", "--no-p")]
    public async Task And_nowhere_else(params string[] words)
    {
        ComposeSuggests(":4");

        (await CompleteAsync(words)).ShouldBe([":4"]);
    }

    [Fact]
    public async Task A_verb_of_ours_is_completed_without_compose()
    {
        (await CompleteAsync("version", "--s")).ShouldBe(["--short\tShow only the version number", ":4"]);

        _cli.Processes.Captured.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fetch", "w")]
    [InlineData("fetch", "--no-build", "--retries", "2", "w")]
    [InlineData("fetch", "db", "w")]
    public async Task Services_of_a_verb_of_ours_are_those_of_up(params string[] words)
    {
        ComposeSuggests("web", ":4");

        (await CompleteAsync(["--profile", "x", .. words])).ShouldBe(["web", ":4"]);
        _cli.Processes.Captured.ShouldHaveSingleItem().Arguments
            .ShouldBe(["__complete", "compose", "--profile", "x", "up", "w"]);
    }

    [Fact]
    public async Task And_its_options_are_its_own_and_ours()
    {
        (await CompleteAsync("fetch", "--")).Select(line => line.Split('\t')[0]).ShouldBe(
        [
            "--dry-run", "--format", "--no-build", "--platform",
            "--find-links", "--online", "--refresh", "--refresh-after", "--retries", "--strict", ":4",
        ]);
        _cli.Processes.Captured.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(":4", "fetch", "--platform", "")]
    [InlineData(":16", "up", "--find-links", "")]
    [InlineData(":16", "up", "--find-links=./w")]
    [InlineData(":16", "--find-links", "")]
    [InlineData(":4", "up", "--retries", "")]
    [InlineData(":4", "--refresh-after", "2")]
    public async Task A_value_of_ours_is_no_question_for_compose(string answer, params string[] words)
    {
        (await CompleteAsync(words)).ShouldBe([answer]);

        _cli.Processes.Captured.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_option_of_ours_is_offered()
    {
        ComposeSuggests(":4");

        (await CompleteAsync("up", "--")).SkipLast(1).Select(line => line.Split('\t')[0])
            .ShouldBe(PipCacheFlags.All.Select(flag => $"--{flag.Name}"));
    }

    [Fact]
    public async Task Descriptions_are_left_out_on_request()
    {
        ComposeSuggests(":4");

        await _cli.RunAsync("__completeNoDesc", "pipcache", "v");

        _cli.Output.StandardOutput.ShouldBe("version\n:4\n");
    }

    [Fact]
    public async Task A_compose_that_fails_costs_nothing_but_its_own_part()
    {
        _cli.Processes.Answer = (_, _) => Task.FromResult(new CapturedRun(1, "panic"));

        (await CompleteAsync("v")).ShouldBe(["version\tShow the version of docker pipcache", ":4"]);
    }

    [Fact]
    public async Task A_compose_that_hangs_is_not_waited_for()
    {
        _cli.Processes.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException();
        };

        (await CompleteAsync("v")).ShouldBe(["version\tShow the version of docker pipcache", ":4"]);
    }

    [Fact]
    public async Task Without_compose_ours_remain()
    {
        File.Delete(_cli.Compose);

        (await CompleteAsync("version", "--f"))[0].ShouldStartWith("--format\t");
    }
}
