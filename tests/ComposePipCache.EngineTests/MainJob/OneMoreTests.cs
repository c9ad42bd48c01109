using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A requirement is added to pinned ones that are all there.</summary>
public class OneMoreTests
{
    private static readonly string[] Before = ["alpha", "bravo", "charlie", "delta"];

    public static TheoryData<string, string> Cases => new()
    {
        { "python:3.11", "" },
        { "python:3.13", "--no-cache-dir" },
        { "python:3.14", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_index_is_asked_for_what_is_new(string image, string options)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync([.. Before, "echo"]);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("requirements.txt", index.Requirements("==1.0", Before)),
            ("Dockerfile", $"""
                FROM {image}
                {index.Settings}
                COPY requirements.txt .
                RUN pip install {options} -r requirements.txt

                """));
        (await project.PipCacheAsync("build")).ShouldHaveBuilt();
        index.Server.ResetCounters();
        project.Write("requirements.txt", index.Requirements("==1.0", [.. Before, "echo"]));

        (await project.PipCacheAsync("build")).ShouldHaveBuilt();

        var asked = index.Server.Snapshot();
        asked.Of(RequestKind.Page).Requests.ShouldBe(1);
        asked.Of(RequestKind.File).Requests.ShouldBe(1);
        await engine.SucceedAsync(
            "/", "run", "--rm", (await project.ImagesAsync())["web"], "pip", "show", index.Name("alpha"), index.Name("echo"));
    }
}
