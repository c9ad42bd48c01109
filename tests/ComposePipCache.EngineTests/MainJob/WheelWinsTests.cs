using System.Security.Cryptography;
using ComposePipCache.Bed;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>What is in the wheelhouse is not downloaded again, although the index is there and is asked.</summary>
public class WheelWinsTests
{
    private static readonly TinyWheel Hashed = new("alpha", "1.0") { PayloadSize = 50_000 };

    private static readonly TinyWheel[] Wheels =
    [
        Hashed,
        new("bravo", "1.0") { PayloadSize = 50_000 },
        new("bravo", "2.0") { PayloadSize = 50_000 },
        new("charlie", "1.5") { PayloadSize = 50_000 },
        new("charlie", "2.0") { PayloadSize = 50_000 },
        new("delta", "1.0") { Extras = ["more"], Requires = ["echo; extra == 'more'"], PayloadSize = 50_000 },
        new("echo", "3.0") { PayloadSize = 50_000 },
        new("foxtrot", "1.0") { PayloadSize = 50_000 },
    ];

    // Debian's pip is in the first two, and 26 in the third.
    public static TheoryData<string> Images => ["python:3.11", "python:3.13", "python:3.14"];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_living_index_sends_pages_and_no_files(string image)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await LocalIndex.StartAsync(Wheels);
        await using var project = CreateProject(engine, index, image);
        (await project.PipCacheAsync("build")).ShouldHaveBuilt();
        index.FileBytes.ShouldBeGreaterThan(300_000);
        await engine.PruneAsync();
        index.Server.ResetCounters();

        var build = await project.PipCacheAsync("--online", "build");

        build.ShouldHaveBuilt();
        index.PageRequests.ShouldBeGreaterThanOrEqualTo(5);
        index.Server.Log().Where(entry => entry.FileName is not null && entry.BodyBytes > 10_000).ShouldBeEmpty();
        index.FileBytes.ShouldBe(0);
        var list = await engine.SucceedAsync("/", "run", "--rm", (await project.ImagesAsync())["web"], "cat", "/list");
        list.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["alpha==1.0", "bravo==2.0", "charlie==1.5", "delta==1.0", "echo==3.0", "foxtrot==1.0"]);
    }

    private static ComposeProject CreateProject(Engine engine, LocalIndex index, string image)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Hashed.Build()));
        return ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("hashed.txt", $"alpha==1.0 --hash=sha256:{hash}\n"),
            ("constraints.txt", "charlie<2\n"),
            ("elsewhere.txt", $"--index-url {index.Url}\nfoxtrot\n"),
            ("Dockerfile", $"""
                FROM {image}
                {index.Variables}
                COPY *.txt ./
                RUN pip install --require-hashes -r hashed.txt
                RUN pip install "bravo<2" && pip install --upgrade bravo
                RUN pip install charlie -c constraints.txt
                RUN pip install --no-cache-dir "delta[more]"
                ENV PIP_INDEX_URL=http://index.invalid/simple/
                RUN pip install -r elsewhere.txt
                RUN pip freeze | grep -E '^(alpha|bravo|charlie|delta|echo|foxtrot)=' > /list

                """));
    }
}
