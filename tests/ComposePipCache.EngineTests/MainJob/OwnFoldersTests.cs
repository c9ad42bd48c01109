using ComposePipCache.Bed;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Projects that share a daemon and differ in nothing but what lies in their folders.</summary>
public class OwnFoldersTests
{
    private const int FirstSize = 1000;
    private const int SecondSize = 2000;

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Each_project_gets_its_own_file_in_turn(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await LocalIndex.StartAsync();
        await using var first = CreateProject(engine, index, FirstSize);
        await using var second = CreateProject(engine, index, SecondSize);

        (await first.PipCacheAsync("build")).ShouldHaveBuilt();
        (await second.PipCacheAsync("build")).ShouldHaveBuilt();

        await ShouldHoldAsync(engine, first, FirstSize);
        await ShouldHoldAsync(engine, second, SecondSize);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Each_project_gets_its_own_file_at_once(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await LocalIndex.StartAsync();
        await using var first = CreateProject(engine, index, FirstSize);
        await using var second = CreateProject(engine, index, SecondSize);

        var builds = await Task.WhenAll(first.PipCacheAsync("build"), second.PipCacheAsync("build"));

        Array.ForEach(builds, build => build.ShouldHaveBuilt());
        await ShouldHoldAsync(engine, first, FirstSize);
        await ShouldHoldAsync(engine, second, SecondSize);
    }

    [Fact]
    public async Task A_project_without_a_folder_does_not_get_the_layer_of_one_that_has_it()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await LocalIndex.StartAsync(Foo(SecondSize));
        await using var own = CreateProject(engine, index, FirstSize);
        await using var other = CreateProject(engine, index, SecondSize);
        other.Write("compose.yaml", "services: {web: {build: .}}\n");
        (await own.PipCacheAsync("build")).ShouldHaveBuilt();

        (await other.PipCacheAsync("build")).ShouldHaveBuilt();

        (await SizeAsync(engine, other)).ShouldBe(SecondSize);
        (await SizeAsync(engine, own)).ShouldBe(FirstSize);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Services_with_the_same_step_run_it_once(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await LocalIndex.StartAsync(new TinyWheel("alpha", "1.0"));
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}, worker: {build: .}, beat: {build: .}}\n"),
            ("Dockerfile", $"""
                FROM python:3.11
                {index.Variables}
                RUN pip install alpha==1.0 && head -c 16 /dev/urandom | sha256sum > /random

                """));

        (await project.PipCacheAsync("build")).ShouldHaveBuilt();

        var images = await project.ImagesAsync();
        var made = new HashSet<string>();
        foreach (var image in images.Values)
        {
            made.Add(await engine.SucceedAsync("/", "run", "--rm", image, "cat", "/random"));
        }

        made.Count.ShouldBe(1);
        index.Server.Snapshot().OfFile("alpha-1.0-py3-none-any.whl").Requests.ShouldBe(1);
    }

    private static TinyWheel Foo(int size) => new("foo", "1.0") { PayloadSize = size };

    private static ComposeProject CreateProject(Engine engine, LocalIndex index, int size)
    {
        var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "x-pipcache: {find-links: [./pip_packages]}\nservices: {web: {build: .}}\n"),
            ("requirements.txt", "foo==1.0\n"),
            ("Dockerfile", $"""
                FROM python:3.11
                {index.Variables}
                COPY requirements.txt .
                RUN find /dev/pipcache -name '*.whl' > /seen; pip install -r requirements.txt

                """));
        Foo(size).WriteTo(Path.Combine(project.Folder, "pip_packages"));
        new TinyWheel($"only{size}", "1.0").WriteTo(Path.Combine(project.Folder, "pip_packages"));
        return project;
    }

    private static async Task ShouldHoldAsync(Engine engine, ComposeProject project, int size)
    {
        (await SizeAsync(engine, project)).ShouldBe(size);
        var seen = await engine.SucceedAsync("/", "run", "--rm", await ImageAsync(project), "cat", "/seen");
        seen.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(
            ["/dev/pipcache/wheels/foo-1.0-0-py3-none-any.whl", $"/dev/pipcache/wheels/only{size}-1.0-0-py3-none-any.whl"]);
    }

    private static async Task<int> SizeAsync(Engine engine, ComposeProject project)
    {
        const string Program = "import foo, os; print(os.path.getsize(os.path.join(os.path.dirname(foo.__file__), 'payload.bin')))";
        var size = await engine.SucceedAsync("/", "run", "--rm", await ImageAsync(project), "python", "-c", Program);
        return int.Parse(size, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> ImageAsync(ComposeProject project) => (await project.ImagesAsync())["web"];
}
