using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>What was installed once is installed again without asking anybody.</summary>
public class OfflineTests
{
    /// <summary>Engines, and options of the pip command.</summary>
    public static TheoryData<string, string> Cases => BedEngines.With("", "--no-cache-dir");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task After_one_build_no_index_is_needed(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one", "two", "three");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one", "two", "three"), options);
        (await project.BuildAsync()).ShouldSucceed();
        await engine.PruneAsync();
        await index.Server.SetModeAsync(ServingMode.Away);
        project.AddComment();

        var rebuild = await project.BuildAsync();

        rebuild.ShouldSucceed();
        rebuild.Announcements.ShouldBe(["[web pip] 3 of 3 files from the wheelhouse, locked just now"], rebuild.Text);
        (await project.RunInImageAsync("pip", "list")).ShouldContain(index.Name("three"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_pinned_project_does_not_even_connect_to_its_index(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one", "two");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one", "two"), options);
        (await project.BuildAsync()).ShouldSucceed();
        index.Server.ResetCounters();
        project.AddComment();

        var rebuild = await project.BuildAsync();

        rebuild.ShouldSucceed();
        rebuild.IsCached("pip install").ShouldBeFalse(rebuild.Text);
        index.Server.Snapshot().Total.Requests.ShouldBe(0);
        index.Server.Snapshot().Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cache_goes_to_another_folder_than_the_image()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync("one");
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "one"));

        (await project.BuildAsync()).ShouldSucceed();

        (await project.RunInImageAsync("sh", "-c", "ls -A /root/.cache /dev | grep -c pip || true")).Trim().ShouldBe("0");
    }
}
