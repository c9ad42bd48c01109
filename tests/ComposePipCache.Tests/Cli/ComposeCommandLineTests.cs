using ComposePipCache.Build;
using ComposePipCache.Cli.Compose;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public class ComposeCommandLineTests
{
    private static readonly string[] Words =
    [
        "-f", "-", "compose.yaml", "-fx.yaml", "--file=x", "--profile", "-p", "up", "build", "run", "watch", "ps",
        "web",
        "-d", "-dV", "-t5", "-dt", "5", "--scale", "web=2", "--scale=web=2", "--", "--unknown", "-e", "A=B", "--pull",
        "always", "--help", "-h", "", "--ssh",
    ];

    private static ComposeCommandLine Parse(string words) => ComposeCommandLine.Parse(Split(words));

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string FlagsOf(ComposeCommandLine line) =>
        string.Join(' ', line.Flags.Select(use => use.Value is null ? use.Source : $"{use.Source}={use.Value}"));

    [Theory]
    [InlineData("--progress quiet build", "quiet")]
    [InlineData("--progress=plain --progress=quiet build", "quiet")]
    [InlineData("--progress quiet --progress plain build", "plain")]
    [InlineData("build --progress quiet", null)]
    [InlineData("-f x build", null)]
    public void The_last_value_of_a_global_option_counts(string words, string? value) =>
        Parse(words).GlobalValue("--progress").ShouldBe(value);

    [Theory]
    [InlineData("up -d web", "up", "-d web")]
    [InlineData("-f - up", "up", "")]
    [InlineData("-f up build", "build", "")]
    [InlineData("-fup build", "build", "")]
    [InlineData("-f=up build", "build", "")]
    [InlineData("--profile up --ansi=never -p x build --ssh default web", "build", "--ssh default web")]
    [InlineData("--unknown up", "up", "")]
    [InlineData("--dry-run up", "up", "")]
    public void The_verb_is_the_first_word_that_belongs_to_no_option(string words, string verb, string arguments)
    {
        var line = Parse(words);

        line.Verb.ShouldBe(verb);
        string.Join(' ', line.Arguments).ShouldBe(arguments);
    }

    [Theory]
    [InlineData("--offline up -d", "up -d", "--offline")]
    [InlineData("-f x --offline -p y up", "-f x -p y up", "--offline")]
    [InlineData("up --offline -d web", "up -d web", "--offline")]
    [InlineData("up --scale web=2 --find-links ./w --build", "up --scale web=2 --build", "--find-links=./w")]
    [InlineData("up -t5 --find-links=./w -dV --retries 3", "up -t5 -dV", "--find-links=./w --retries=3")]
    [InlineData("up -dt 5 --strict", "up -dt 5", "--strict")]
    [InlineData("up -d=false --strict", "up -d=false", "--strict")]
    [InlineData("build --build-arg --offline --refresh", "build --build-arg --offline", "--refresh")]
    [InlineData("run -e A=B --no-pipcache=true web sh", "run -e A=B web sh", "--no-pipcache=true")]
    public void Our_options_are_taken_out_and_nothing_else(string words, string rest, string flags)
    {
        var line = Parse(words);

        string.Join(' ', line.ComposeWords).ShouldBe(rest);
        FlagsOf(line).ShouldBe(flags);
    }

    [Theory]
    [InlineData("up web --offline")]
    [InlineData("run web pip --offline")]
    [InlineData("up -- --offline")]
    [InlineData("-- --offline")]
    [InlineData("ps --offline")]
    [InlineData("up --offlin")]
    [InlineData("up --scale --offline")]
    public void Behind_a_service_and_behind_the_dashes_nothing_is_ours(string words)
    {
        var line = Parse(words);

        line.Flags.ShouldBeEmpty();
        string.Join(' ', line.ComposeWords).ShouldBe(words);
    }

    [Theory]
    [InlineData("--help", true)]
    [InlineData("up --help", true)]
    [InlineData("up web -h", true)]
    [InlineData("up -d --help web", true)]
    [InlineData("run --help", true)]
    [InlineData("run web sh --help", false)]
    [InlineData("exec web sh -h", false)]
    [InlineData("up -- --help", false)]
    [InlineData("build --ssh --help", false)]
    public void Help_is_asked_for_by_an_option_and_not_by_a_value(string words, bool asks) =>
        Parse(words).AsksForHelp.ShouldBe(asks);

    [Fact]
    public void An_option_of_ours_without_its_value_is_an_error() =>
        Should.Throw<PipCacheException>(() => Parse("up --find-links")).Text.What
            .ShouldBe("`--find-links` needs a value");

    [Fact]
    public void Words_without_an_option_of_ours_come_out_as_they_went_in() =>
        Gen.Int[0, Words.Length - 1].Select(index => Words[index]).Array[0, 8].Sample(words =>
            ComposeCommandLine.Parse(words).ComposeWords.ShouldBe(words));
}
