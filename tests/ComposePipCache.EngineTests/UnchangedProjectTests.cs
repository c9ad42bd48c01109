using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>Nothing changed means that nothing happens.</summary>
public class UnchangedProjectTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_second_up_keeps_every_container(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromExample(engine, "celery");
        var first = await project.PipCacheAsync("up", "-d", "--build");
        first.ExitCode.ShouldBe(0, first.StandardError);
        var containers = await project.ContainersAsync();

        var second = await project.PipCacheAsync("up", "-d", "--build");

        second.ExitCode.ShouldBe(0, second.StandardError);
        containers.Keys.ShouldBe(["redis", "worker"], ignoreOrder: true);
        (await project.ContainersAsync()).ShouldBe(containers, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_changed_file_recreates_the_container_that_has_it_and_no_other(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromExample(engine, "celery");
        (await project.PipCacheAsync("up", "-d", "--build")).ExitCode.ShouldBe(0);
        var before = await project.ContainersAsync();

        project.Write("myapp/new.py", "x = 1\n");
        (await project.PipCacheAsync("up", "-d", "--build")).ExitCode.ShouldBe(0);

        var after = await project.ContainersAsync();
        after["redis"].ShouldBe(before["redis"]);
        after["worker"].ShouldNotBe(before["worker"]);
    }
}
