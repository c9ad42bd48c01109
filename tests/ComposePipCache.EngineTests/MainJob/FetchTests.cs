using System.Text.Json;
using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary><c>fetch</c> gets all that a project needs, so that afterwards nothing is asked of anybody.</summary>
public class FetchTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task After_a_fetch_the_project_builds_and_starts_without_registry_index_and_build_cache(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = await FetchProject.CreateAsync(engine);

        var fetched = await project.FetchAsync();
        await project.CutOffAsync();
        var up = await project.RunAsync("up", "--build", "--offline", "--detach");

        States(fetched).ShouldBe([$"{project.Other.Name} pulled", $"{project.Parent.Name} pulled"]);
        fetched.GetProperty("ready").GetBoolean().ShouldBeTrue();
        fetched.GetProperty("wheels").GetProperty("files").GetInt32().ShouldBe(2);
        up.ShouldSucceed();
        (await project.ContainersAsync()).Keys.Order().ShouldBe(["other", "web"]);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Run_again_it_says_that_all_is_there_and_asks_nobody(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = await FetchProject.CreateAsync(engine);
        (await project.RunAsync("fetch")).ShouldSucceed();
        await project.Parent.ForgetAsync();
        await project.Other.ForgetAsync();
        project.Index.Server.ResetCounters();

        var again = await project.RunAsync("fetch");
        var told = await project.FetchAsync();

        again.ShouldSucceed();
        again.Text.ShouldContain("all is there, nothing was to be got: ready for `docker pipcache up --build --offline`");
        States(told).ShouldBe([$"{project.Other.Name} present", $"{project.Parent.Name} present"]);
        project.Index.Server.Snapshot().Total.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_dry_run_tells_what_is_missing_and_gets_nothing()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);

        var look = await project.RunAsync("fetch", "--dry-run");

        look.ShouldSucceed();
        look.Answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            $"would pull {project.Other.Name} for other",
            $"would pull {project.Parent.Name} for web",
            .. look.Answer.Output.Split('\n').Where(line => line.Contains("is not known before it is built", StringComparison.Ordinal)),
            "would build web",
        ]);
        (await project.Parent.IsInStoreAsync()).ShouldBeFalse();
        (await project.Other.IsInStoreAsync()).ShouldBeFalse();
        (await IsBuiltAsync(engine, project)).ShouldBeFalse();
        project.Index.Server.Snapshot().Total.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_fetch_a_dry_run_finds_nothing_missing()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);
        (await project.RunAsync("fetch")).ShouldSucceed();

        var look = await project.RunAsync("fetch", "--dry-run");

        look.ShouldSucceed();
        look.Answer.Output.ShouldNotContain("would pull");
        look.Answer.Output.ShouldNotContain("lacks");
        look.Answer.Output.ShouldNotContain("not known");
        look.Answer.Output.ShouldContain("2 images of 2 in the engine's store");
    }

    [Fact]
    public async Task Without_building_there_are_images_and_packages_and_no_image_of_the_project()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);

        var fetch = await project.RunAsync("fetch", "--no-build");

        fetch.ShouldSucceed();
        (await project.Parent.IsInStoreAsync()).ShouldBeTrue(fetch.Text);
        (await project.Other.IsInStoreAsync()).ShouldBeTrue(fetch.Text);
        (await IsBuiltAsync(engine, project)).ShouldBeFalse(fetch.Text);
        // The first step ran, since the second one stands on it; the second was only made ready.
        foreach (var name in new[] { "one", "two" })
        {
            new Wheelhouse(Path.Combine(engine.CacheDirectory, "wheelhouse")).Files
                .ShouldContain(file => file.StartsWith(project.Index.Name(name), StringComparison.Ordinal), fetch.Text);
        }

        fetch.Text.ShouldContain("nothing was built");
    }

    [Fact]
    public async Task What_cannot_be_pulled_is_named_and_the_rest_is_got()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);
        await project.Other.ForgetAsync();

        var fetch = await project.RunAsync("fetch");

        fetch.ShouldFail();
        fetch.Text.ShouldContain($"ERROR: not everything is there: {project.Other.Name} for other");
        fetch.Text.ShouldContain("manifest unknown");
        (await project.Parent.IsInStoreAsync()).ShouldBeTrue(fetch.Text);
        (await IsBuiltAsync(engine, project)).ShouldBeTrue(fetch.Text);
    }

    [Fact]
    public async Task A_base_image_that_cannot_be_pulled_is_named_too()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);
        await project.Parent.ForgetAsync();

        var fetch = await project.RunAsync("fetch");

        fetch.ShouldFail();
        fetch.Text.ShouldContain($"cannot pull the image {project.Parent.Name} for web");
        fetch.Text.ShouldContain("hint:  check its name, tag and platform");
        (await project.Other.IsInStoreAsync()).ShouldBeTrue(fetch.Text);
    }

    [Fact]
    public async Task Only_the_services_that_were_named_and_what_they_depend_on_are_got()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = await FetchProject.CreateAsync(engine);

        (await project.RunAsync("fetch", "other")).ShouldSucceed();
        (await IsBuiltAsync(engine, project)).ShouldBeFalse();
        (await project.Parent.IsInStoreAsync()).ShouldBeFalse();

        (await project.RunAsync("fetch", "web")).ShouldSucceed();
        (await IsBuiltAsync(engine, project)).ShouldBeTrue();
    }

    private static IEnumerable<string> States(JsonElement document) => document.GetProperty("images").EnumerateArray()
        .Select(image => $"{image.GetProperty("name").GetString()} {image.GetProperty("state").GetString()}");

    private static async Task<bool> IsBuiltAsync(Engine engine, FetchProject project) =>
        (await engine.RunAsync("/", "image", "inspect", $"{project.Name}-web")).ExitCode == 0;
}
