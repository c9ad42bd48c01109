using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Images;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>What we build is what compose builds.</summary>
public class SameImageTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var engine in BedEngines.Names)
            {
                foreach (var example in (string[])["celery", "multi-service", "multi-stage", "heredoc", "inline", "service-context"])
                {
                    cases.Add(engine, example);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_example_starts_and_its_images_equal_those_of_compose(string engineName, string example)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromExample(engine, example);
        await engine.PruneAsync();
        (await project.ComposeAsync("build")).ExitCode.ShouldBe(0);
        var images = await project.ImagesAsync();
        var wanted = await SnapshotAsync(engine, images.Values);
        await engine.SucceedAsync("/", ["rmi", .. images.Values]);
        await engine.PruneAsync();

        var up = await project.PipCacheAsync("up", "--build", "-d");

        up.ExitCode.ShouldBe(0, up.StandardOutput + up.StandardError);
        var built = await SnapshotAsync(engine, images.Values);
        foreach (var (image, snapshot) in built)
        {
            snapshot.DifferencesTo(wanted[image]).ShouldBeEmpty();
        }

        (await project.ContainersAsync()).Keys.ShouldBe(images.Keys.Union(await ServicesAsync(engine, project)), ignoreOrder: true);
        (await project.PipCacheAsync("down", "--timeout", "0")).ExitCode.ShouldBe(0);
        (await project.ContainersAsync()).ShouldBeEmpty();
    }

    private static async Task<string[]> ServicesAsync(Engine engine, ComposeProject project) =>
        (await engine.SucceedAsync(project.Folder, "compose", "config", "--services"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<Dictionary<string, ImageSnapshot>> SnapshotAsync(Engine engine, IEnumerable<string> images)
    {
        var snapshots = new Dictionary<string, ImageSnapshot>();
        foreach (var image in images)
        {
            snapshots[image] = await ImageSnapshot.TakeAsync(engine, image);
        }

        return snapshots;
    }
}
