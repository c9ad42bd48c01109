using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Folders for <c>--find-links</c> that are not as they should be.</summary>
public sealed class BadFolderTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private LocalIndex _index = null!;
    private ComposeProject _project = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.OpenAsync(BedEngines.Names[0]);
        _index = await LocalIndex.StartAsync(new TinyWheel("alpha", "1.0"));
        _project = ComposeProject.FromFiles(
            _engine,
            ("compose.yaml", "services: {web: {build: .}, worker: {build: {context: ., args: {A: b}}}}\n"),
            ("Dockerfile", $"""
                FROM python:3.11
                ARG A
                {_index.Variables}
                RUN pip install alpha==1.0 && echo {Guid.NewGuid()} > /once

                """));
    }

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        await _index.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task A_missing_folder_is_named_before_anything_is_built()
    {
        (await BuildAsync()).ShouldRefuse($"there is no folder {Packages}", "hint:  create it with `pip download -d`");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_read_is_named_before_anything_is_built()
    {
        Directory.CreateDirectory(Packages);
        File.SetUnixFileMode(Packages, UnixFileMode.None);

        (await BuildAsync()).ShouldExplain($"cannot read the folder {Packages}", "permission denied", "give yourself access");
    }

    [Fact]
    public async Task Files_that_are_no_good_are_named_and_counted_and_the_good_ones_used()
    {
        new TinyWheel("alpha", "1.0").WriteTo(Packages);
        Cut(new TinyWheel("cut", "1.0") { PayloadSize = 5000 }.WriteTo(Packages));
        File.Move(
            new TinyWheel("bravo", "1.0").WriteTo(Packages), Path.Combine(Packages, "other-1.0-py3-none-any.whl"));
        File.WriteAllText(Path.Combine(Packages, "page-1.0-py3-none-any.whl"), "<html>log in first</html>");
        File.WriteAllText(Path.Combine(Packages, "README.md"), "wheels");
        new TinyWheel("closed", "1.0").WriteTo(Packages);
        File.SetUnixFileMode(Path.Combine(Packages, "closed-1.0-py3-none-any.whl"), UnixFileMode.None);
        new TinyWheel("foreign", "1.0") { Tags = "cp311-cp311-win_amd64" }.WriteTo(Packages);
        new TinyWheel("newer", "1.0") { Tags = "cp313-cp313-manylinux2014_x86_64" }.WriteTo(Packages);
        new TinyWheel("fitting", "1.0") { Tags = "cp311-cp311-manylinux2014_x86_64" }.WriteTo(Packages);
        _index.Server.ResetCounters();

        var build = await BuildAsync();

        build.ExitCode.ShouldBe(0, build.ToString());
        var folder = Lines(build, Packages).ShouldHaveSingleItem();
        folder.ShouldContain("4 files left out: ");
        folder.ShouldContain("closed-1.0-py3-none-any.whl");
        folder.ShouldContain("cut-1.0-py3-none-any.whl");
        folder.ShouldContain("other-1.0-py3-none-any.whl (it holds bravo 1.0)");
        folder.ShouldContain("page-1.0-py3-none-any.whl");
        folder.ShouldContain("1 entry is no package");
        var unfit = Lines(build, "2 files left out for another interpreter than cpython 3.11");
        unfit.ShouldNotBeEmpty();
        unfit[0].ShouldContain("foreign-1.0-cp311-cp311-win_amd64.whl, newer-1.0-cp313-cp313-manylinux2014_x86_64.whl");
        build.ShouldNotLookLikeABug();
        _index.FileBytes.ShouldBe(0, build.ToString());
    }

    private string Packages => Path.Combine(_project.Folder, "pip_packages");

    private Task<Answer> BuildAsync() => new Trial(_engine, _project.Folder).AsOrdinaryUser()
        .PipCacheAsync("--find-links", "pip_packages", "--progress", "plain", "build");

    private static void Cut(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    // An announcement is a step of its own: its name stands behind the number, once.
    private static List<string> Lines(Answer build, string text) =>
        [.. (build.Output + build.Error).Split('\n').Where(line => line.Contains(" pip] ", StringComparison.Ordinal)
            && line.Contains(text, StringComparison.Ordinal)).Distinct()];
}
