using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;
using ComposePipCache.EngineTests.Interrupts;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A wheelhouse that is short of room, in use twice, or whose user dies.</summary>
public sealed class SharedWheelhouseTests : IAsyncLifetime
{
    private static readonly string[] Build = ["--progress", "plain", "build"];

    private const int PayloadSize = 200_000;
    private const int Count = 8;

    private Engine _engine = null!;
    private LocalIndex _index = null!;

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, Scale.Of(5, 50))];

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.OpenAsync(BedEngines.Names[0]);
        _index = await LocalIndex.StartAsync(
            [.. Enumerable.Range(0, Count).Select(number => new TinyWheel($"wheel{number}", "1.0") { PayloadSize = PayloadSize })]);
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task A_full_disk_costs_the_wheels_and_not_the_build()
    {
        await using var project = CreateProject(0, Count);
        using var folder = new TemporaryFolder();
        var trial = (new Trial(_engine, project.Folder) with
        {
            Through =
            [
                "unshare", "--mount", "sh", "-c",
                $"mount -t tmpfs -o size={3 * PayloadSize} tmpfs {folder.Path} && exec \"$@\"", "sh",
            ],
        }).With("PIPCACHE_DIR", folder.Path);

        var build = await trial.PipCacheAsync("--progress", "plain", "build");

        build.ExitCode.ShouldBe(0, build.ToString());
        // Before the step or after it, as the files come.
        build.ToString().ShouldContain(" could not be kept: no room left in ", Case.Sensitive);
        build.ShouldNotLookLikeABug();
    }

    [Fact]
    public async Task Two_builds_at_once_fill_one_wheelhouse()
    {
        await using var first = CreateProject(0, 6);
        await using var second = CreateProject(2, 6);

        var builds = await Task.WhenAll(first.PipCacheAsync(Build), second.PipCacheAsync(Build));

        Array.ForEach(builds, build => build.ShouldHaveBuilt());
        Wheelhouse.ShouldBeIntact("after two builds at once");
        Wheelhouse.Files.Count(name => name.StartsWith("wheel", StringComparison.Ordinal))
            .ShouldBe(Count, string.Concat(builds.Select(build => build.Everything())));
        await _engine.PruneAsync();
        await _index.Server.SetModeAsync(ServingMode.Away);
        (await first.PipCacheAsync("build")).ShouldHaveBuilt();
        (await second.PipCacheAsync("build")).ShouldHaveBuilt();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_builder_that_is_killed_leaves_the_wheelhouse_intact(int seed)
    {
        await using var project = CreateProject(0, Count);
        using var command = LiveCommand.Start(_engine, project.Folder, "pipcache", "--progress", "plain", "build");
        var builder = await Eventually.FindsAsync(() => command.Find(Role.Builder), () => command.Output);
        var hasCome = ChooseMoment(new Random(seed), command);
        await Eventually.HoldsAsync(() => command.Ended.IsCompleted || hasCome(), () => $"seed {seed}\n{command.Output}");

        Signals.Send(builder, Signals.Kill);

        await command.EndAsync();
        Wheelhouse.ShouldBeIntact($"seed {seed}\n{command.Output}");
        var next = await project.PipCacheAsync(Build);
        next.ShouldHaveBuilt();
        Wheelhouse.ShouldBeIntact($"seed {seed}, built again");
        Wheelhouse.Files.Count.ShouldBe(Count, $"{command.Output}\n{next.Everything()}");
    }

    [Fact]
    public async Task What_a_step_downloaded_comes_home_although_its_command_died_after_it()
    {
        await using var project = CreateProject(0, Count);
        // Behind another command a step is not resolved ahead: its pip downloads by itself.
        var dockerfile = (await File.ReadAllTextAsync(Path.Combine(project.Folder, "Dockerfile"), TestContext.Current.CancellationToken))
            .Replace("RUN pip", "RUN mkdir -p /tmp/before && pip", StringComparison.Ordinal);
        project.Write("Dockerfile", dockerfile + "RUN echo then && sleep 600\n");
        using var command = LiveCommand.Start(_engine, project.Folder, "pipcache", "--progress", "plain", "build");
        await Eventually.HoldsAsync(
            () => command.Output.Contains(" then\n", StringComparison.Ordinal), () => command.Output);
        Signals.Send(await Eventually.FindsAsync(() => command.Find(Role.Builder), () => command.Output), Signals.Kill);
        await command.EndAsync();
        Wheelhouse.Files.ShouldBeEmpty();
        project.Write("Dockerfile", dockerfile);
        var bytes = _index.FileBytes;

        var next = await project.PipCacheAsync(Build);

        next.ShouldHaveBuilt();
        next.Everything().ShouldContain("CACHED", Case.Sensitive);
        _index.FileBytes.ShouldBe(bytes);
        Wheelhouse.Files.Count.ShouldBe(Count, next.Everything());
        await _engine.PruneAsync();
        await _index.Server.SetModeAsync(ServingMode.Away);
        (await project.PipCacheAsync("build")).ShouldHaveBuilt();
    }

    /// <summary>While it prepares, while pip downloads, or while what was downloaded is brought home.</summary>
    private Func<bool> ChooseMoment(Random random, LiveCommand command)
    {
        var (lines, bytes, kept) = (random.Next(1, 20), random.Next(Count * PayloadSize), random.Next(Count));
        return random.Next(3) switch
        {
            0 => () => command.Lines >= lines,
            1 => () => _index.FileBytes > bytes,
            _ => () => Wheelhouse.Files.Count > kept,
        };
    }

    private Wheelhouse Wheelhouse => new(Path.Combine(_engine.CacheDirectory, "wheelhouse"));

    private ComposeProject CreateProject(int first, int count) => ComposeProject.FromFiles(
        _engine,
        ("compose.yaml", "services: {web: {build: .}}\n"),
        ("Dockerfile", $"""
            FROM python:3.11
            {_index.Variables}
            RUN pip install {string.Join(' ', Enumerable.Range(first, count).Select(number => $"wheel{number}==1.0"))}

            """));
}
