using ComposePipCache.Build;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class AnnouncementsTests : IDisposable
{
    // The largest number that Linux gives a process is far below.
    private const string Gone = "2147483647";

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    private string Announcements => Path.Combine(_cli.Cache, "announcements");

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task What_the_builder_left_is_shown_when_compose_has_ended(int exitCode)
    {
        _cli.Processes.ExitCode = exitCode;
        _cli.Processes.Run = program =>
        {
            _cli.Output.StandardError.ShouldBeEmpty();
            File.AppendAllText(program.Environment["PIPCACHE_ANNOUNCEMENTS"]!, "first\n");
            File.AppendAllText(program.Environment["PIPCACHE_ANNOUNCEMENTS"]!, "second\n");
        };

        (await _cli.RunAsync("pipcache", "up")).ShouldBe(exitCode);

        _cli.Output.StandardError.ShouldBe("first\nsecond\n");
        _cli.Output.StandardOutput.ShouldBeEmpty();
        Directory.GetFiles(Announcements).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_is_said_there_is_no_file()
    {
        _cli.Processes.Run = program =>
        {
            var path = program.Environment["PIPCACHE_ANNOUNCEMENTS"]!;
            Path.GetDirectoryName(path).ShouldBe(Announcements);
            Directory.GetFiles(Announcements).ShouldBeEmpty();
        };

        (await _cli.RunAsync("pipcache", "up", "--quiet-build")).ShouldBe(0);

        _cli.Output.StandardError.ShouldBeEmpty();
        _cli.Processes.Supervised.Count.ShouldBe(1);
    }

    [Fact]
    public void A_file_in_the_place_of_the_cache_folder_is_told_as_what_it_is()
    {
        var file = _cli.Folder.Write("file", "");

        var error = Should.Throw<PipCacheException>(() => AnnouncementsFile.Reserve(file));

        error.Message.ShouldBe($"cannot write to the cache directory {file}");
        error.Text.Why.ShouldNotBeNull().ShouldContain("already exists");
    }

    [Fact]
    public async Task What_killed_processes_left_is_swept_and_what_living_ones_write_is_not()
    {
        var left = _cli.Folder.Write($"cache/announcements/a.{Gone}-1.tmp", "old");
        var living = _cli.Folder.Write($"cache/announcements/b.{Environment.ProcessId}-1.tmp", "new");

        await _cli.RunAsync("pipcache", "up");

        File.Exists(left).ShouldBeFalse();
        File.Exists(living).ShouldBeTrue();
    }

    [Fact]
    public async Task A_verb_that_cannot_build_has_nothing_to_announce()
    {
        await _cli.RunAsync("pipcache", "ps");

        _cli.Processes.Replaced.ShouldHaveSingleItem().Environment["PIPCACHE_ANNOUNCEMENTS"].ShouldBeNull();
    }

    [Fact]
    public void No_two_calls_share_a_file()
    {
        using var one = AnnouncementsFile.Reserve(_cli.Cache);
        using var other = AnnouncementsFile.Reserve(_cli.Cache);

        one.Path.ShouldNotBe(other.Path);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_to_is_named() =>
        Should.Throw<PipCacheException>(() => AnnouncementsFile.Reserve(_cli.Folder.Write("file", "")))
            .Text.Code.ShouldBe("cache-unusable");
}
