using System.Diagnostics.CodeAnalysis;
using ComposePipCache.Build;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class FindLinksTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    private BuilderSettings Settings() => SettingsFile.Read(
        _cli.Processes.Supervised.ShouldHaveSingleItem().Environment["PIPCACHE_SETTINGS"]!);

    [Fact]
    public async Task Folders_are_relative_to_where_the_user_is()
    {
        _cli.Folder.Write("project/w/foo-1.0-py3-none-any.whl", "");
        _cli.Folder.Write("empty/sub/x", "");

        (await _cli.RunAsync("pipcache", "--find-links", "w", "up", "--find-links=../empty")).ShouldBe(0);

        Settings().FindLinks.ShouldBe([_cli.Folder.At("project", "w"), _cli.Folder.At("empty")]);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_before_compose_starts()
    {
        var error = await _cli.FailAsync("pipcache", "up", "--find-links", "w");

        error.Code.ShouldBe("find-links-missing");
        error.What.ShouldBe($"`--find-links`: there is no folder {_cli.Folder.At("project", "w")}");
        _cli.Processes.Supervised.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_is_one_that_is_a_file()
    {
        var file = _cli.Folder.Write("project/w", "");
        _cli.Set("PIPCACHE_FIND_LINKS", "w");

        var error = await _cli.FailAsync("pipcache", "up");

        error.Code.ShouldBe("find-links-file");
        error.What.ShouldBe($"`PIPCACHE_FIND_LINKS`: {file} is a file, not a folder");
    }

    [Fact]
    public async Task So_is_one_that_leads_nowhere()
    {
        Directory.CreateSymbolicLink(_cli.Folder.At("project", "w"), "w");

        (await _cli.FailAsync("pipcache", "up", "--find-links", "w")).Code.ShouldStartWith("find-links-");
    }

    [Fact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "the tests run on Linux")]
    public async Task So_is_one_that_cannot_be_read()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is unreadable to root");
        var folder = Directory.CreateDirectory(_cli.Folder.At("project", "w"), UnixFileMode.None).FullName;

        var error = await _cli.FailAsync("pipcache", "up", "--find-links", "w");

        error.ShouldBe(new ErrorText(
            "find-links-unreadable",
            $"`--find-links`: cannot read the folder {folder}",
            "permission denied",
            "give yourself access, or leave the setting out"));
    }

    [Fact]
    public async Task Who_does_without_us_does_without_the_folder()
    {
        (await _cli.RunAsync("pipcache", "--no-pipcache", "up", "--find-links", "w")).ShouldBe(0);
        (await _cli.RunAsync("pipcache", "--find-links", "w", "ps")).ShouldBe(0);
    }
}
