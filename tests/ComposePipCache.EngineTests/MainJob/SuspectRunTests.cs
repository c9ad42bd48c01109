using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>pip takes an index page that fails for one that is not there, and installs what is left.</summary>
public class SuspectRunTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task An_older_version_for_want_of_a_page_is_announced_and_put_right_by_the_next_build(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var main = await LocalIndex.StartAsync(
            new TinyWheel("alpha", "1.0") { Requires = ["bravo"] }, new TinyWheel("bravo", "1.0"));
        await using var extra = await LocalIndex.StartAsync(new TinyWheel("bravo", "2.0"));
        extra.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Project = "bravo", Kind = RequestKind.Page },
            Effect = new FaultEffect { Status = 503 },
        });
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("Dockerfile", $"""
                FROM python:3.11
                {main.Variables}
                ENV PIP_EXTRA_INDEX_URL={extra.Url}
                RUN pip install --retries 0 alpha

                """));

        var suspect = await project.PipCacheAsync("--progress", "plain", "build");
        var older = await BravoAsync(engine, project);
        extra.Server.ClearFaults();
        var next = await project.PipCacheAsync("--progress", "plain", "build");
        var newer = await BravoAsync(engine, project);
        var last = await project.PipCacheAsync("--progress", "plain", "build");

        suspect.ShouldHaveBuilt();
        suspect.Everything().ShouldContain("[web pip] suspect: 1 index page failed", Case.Sensitive, suspect.Everything());
        older.ShouldBe("1.0");
        next.ShouldHaveBuilt();
        next.Everything().ShouldNotContain("suspect", Case.Sensitive, next.Everything());
        newer.ShouldBe("2.0");
        last.ShouldHaveBuilt();
        last.Everything().ShouldContain("CACHED", Case.Sensitive, last.Everything());
        (await BravoAsync(engine, project)).ShouldBe("2.0");
    }

    private static async Task<string> BravoAsync(Engine engine, ComposeProject project) => (await engine.SucceedAsync(
        "/", "run", "--rm", (await project.ImagesAsync())["web"], "python", "-c", "import bravo; print(bravo.__version__)")).Trim();
}
