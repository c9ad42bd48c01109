using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A wheel of the user's own that is newer than the index's, and needs what only the index has.</summary>
public class OwnWheelTests
{
    private const string AllAreThere = "import sys, importlib.metadata as m; print(*(m.version(name) for name in sys.argv[1:]))";

    public static TheoryData<string> Images => ["python:3.11", "python:3.13"];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_is_what_the_files_are_fetched_for(string image)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync("app", "needed");
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\nx-pipcache: {find-links: [packages]}\n"),
            ("requirements.txt", $"{index.Name("app")}\n"),
            ("Dockerfile", $"""
                FROM {image}
                {index.Settings}
                COPY requirements.txt .
                RUN pip install -r requirements.txt

                """));
        var packages = Directory.CreateDirectory(Path.Combine(project.Folder, "packages")).FullName;
        new TinyWheel(index.Name("app"), "2.0") { Requires = [index.Name("needed")] }.WriteTo(packages);

        var build = await project.PipCacheAsync("--progress", "plain", "build");

        build.ShouldHaveBuilt();
        build.Everything().ShouldContain("1 file fetched", Case.Sensitive, build.Everything());
        var versions = await engine.SucceedAsync(
            "/",
            "run", "--rm", (await project.ImagesAsync())["web"],
            "python", "-c", AllAreThere, index.Name("app"), index.Name("needed"));
        versions.Trim().ShouldBe("2.0 1.0");
        index.Server.Snapshot().Of(RequestKind.File).Requests.ShouldBe(1);
    }
}
