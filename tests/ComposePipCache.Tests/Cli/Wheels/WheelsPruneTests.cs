using ComposePipCache.Build;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Wheels;

public sealed class WheelsPruneTests : IDisposable
{
    private readonly WheelsHarness _wheels = new();

    public void Dispose() => _wheels.Dispose();

    [Fact]
    public async Task Without_limits_it_is_what_no_lock_names()
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("prune", "-f")).ShouldBe(0);

        _wheels.Output.ShouldBe("removed gamma-0.1-py3-none-any.whl (100 B)\n\nTotal reclaimed space: 100 B\n");
        _wheels.Projects().ShouldNotContain("gamma 0.1");
        _wheels.Stock.Inventory.HalfDownloads.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("alpha 1.9|alpha 1.10|beta-b 2.0|beta-b 2.0|half", "--older-than", "5d")]
    [InlineData("alpha 1.10|beta-b 2.0|half", "--older-than", "2d")]
    [InlineData("alpha 1.9|alpha 1.10|beta-b 2.0|beta-b 2.0|half", "--older-than", "1d", "--unused")]
    [InlineData("alpha 1.9|alpha 1.10|beta-b 2.0|beta-b 2.0|gamma 0.1|half", "--older-than", "6d", "--unused")]
    [InlineData("alpha 1.10|beta-b 2.0|beta-b 2.0|half", "--max-size", "9k")]
    [InlineData("alpha 1.9|alpha 1.10|beta-b 2.0|beta-b 2.0|half", "--max-size", "0", "--unused")]
    [InlineData("alpha 1.10|beta-b 2.0|half", "--max-size", "0", "--older-than", "2d")]
    [InlineData("", "--max-size", "0")]
    [InlineData("", "--all")]
    public async Task Limits_say_what_stays(string expected, params string[] limits)
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync(["prune", "--force", .. limits])).ShouldBe(0);

        var halves = _wheels.Stock.Inventory.HalfDownloads.Select(_ => "half");
        string.Join('|', _wheels.Projects().Concat(halves)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, "--all")]
    [InlineData(3, "--max-size", "0")]
    [InlineData(3, "--older-than", "0s")]
    public async Task Locks_go_with_everything_alone(int locks, params string[] limits)
    {
        await _wheels.FillAsync();

        await _wheels.RunAsync(["prune", "-f", .. limits]);

        _wheels.Stock.Inventory.Locks.Count.ShouldBe(locks);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_removes_nothing()
    {
        await _wheels.FillAsync();
        var before = _wheels.Projects();

        (await _wheels.RunAsync("prune", "--all", "--dry-run")).ShouldBe(0);

        Golden.Matches(_wheels.Output, "wheels-prune-dry");
        _wheels.Projects().ShouldBe(before);
        _wheels.Stock.Inventory.Locks.Count.ShouldBe(3);
        _wheels.Cli.Terminal.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("y")]
    [InlineData(" Y ")]
    public async Task A_person_is_asked(string answer)
    {
        await _wheels.FillAsync();
        _wheels.Cli.Terminal.Answer = answer;

        (await _wheels.RunAsync("prune", "--older-than", "2d")).ShouldBe(0);

        _wheels.Cli.Terminal.Questions.ShouldBe(
            ["WARNING! This will remove all files not used for 2 days.\nAre you sure you want to continue? [y/N] "]);
        _wheels.Projects().ShouldBe(["alpha 1.10", "beta-b 2.0"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("all files that no lock names")]
    [InlineData("all files that no lock names not used for 1 hour", "--unused", "--older-than", "1h")]
    [InlineData("files, least recently used first, until 5.0 GiB are left", "--max-size", "5GB")]
    [InlineData("all files, half downloads and locks; offline builds are not possible afterwards", "--all")]
    public async Task The_question_says_what_goes(string what, params string[] limits)
    {
        _wheels.Cli.Terminal.Answer = "";

        (await FailAsync(["prune", .. limits])).What.ShouldBe("wheels prune has been cancelled");

        _wheels.Cli.Terminal.Questions.ShouldHaveSingleItem().ShouldStartWith($"WARNING! This will remove {what}.\n");
    }

    [Fact]
    public async Task With_nobody_to_ask_nothing_goes()
    {
        await _wheels.FillAsync();
        var before = _wheels.Projects();

        var error = await FailAsync("prune", "--all");

        error.What.ShouldBe("wheels prune was not confirmed");
        error.Hint.ShouldBe("pass `--force` to go ahead, or `--dry-run` to see what would go");
        _wheels.Projects().ShouldBe(before);
    }

    [Fact]
    public async Task A_download_that_is_under_way_is_left_and_named()
    {
        var key = await _wheels.Stock.AddHalfAsync("delta-1.0-py3-none-any.whl", "half", day: 1);
        using var download = _wheels.Stock.Download(key);

        (await _wheels.RunAsync("prune", "--all", "--force")).ShouldBe(0);

        _wheels.Notes.ShouldBe("kept the half download of delta-1.0-py3-none-any.whl: it is being downloaded\n");
        _wheels.Output.ShouldBe("Total reclaimed space: 0 B\n");
    }

    [Theory]
    [InlineData("`--all` and `--older-than` contradict each other", "--all", "--older-than", "1d")]
    [InlineData("`--all` and `--max-size` contradict each other", "--all", "--max-size", "1g")]
    [InlineData("`--all` and `--unused` contradict each other", "--all", "--unused")]
    [InlineData("invalid value \"5\" for `--older-than`", "--older-than", "5")]
    [InlineData("invalid value \"-1\" for `--max-size`", "--max-size", "-1")]
    public async Task What_cannot_be_meant_removes_nothing(string message, params string[] limits)
    {
        await _wheels.FillAsync();
        var before = _wheels.Projects();

        (await FailAsync(["prune", "--force", .. limits])).What.ShouldBe(message);

        _wheels.Projects().ShouldBe(before);
    }

    private async Task<ErrorText> FailAsync(params string[] words) =>
        (await Should.ThrowAsync<PipCacheException>(() => _wheels.RunAsync(words))).Text;
}
