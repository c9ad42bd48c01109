using System.Globalization;
using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Interrupts;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Forty wheels and a large one over a line that breaks ten times, by commands of which two are killed.</summary>
public class PaidOnceTests
{
    private const int Cuts = 10;
    private const double Tolerance = 1.02;

    // Each break loses what was on its way: with less, that alone would be a larger part.
    private const int LargeSize = 200 * 1024 * 1024;

    private const string AllAreThere =
        "import sys, importlib.metadata as m; [m.version(name) for name in sys.argv[1:]]";

    // Debian's pip is in the first two, and 26 in the third.
    public static TheoryData<string, string, string> Cases => new()
    {
        { "python:3.11", "", "build" },
        { "python:3.13", "--no-cache-dir", "fetch" },
        { "python:3.14", "", "build" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_byte_comes_twice(string image, string options, string verb)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync();
        TinyWheel[] wheels =
        [
            .. Enumerable.Range(0, 40).Select(i => new TinyWheel(
                index.Name(string.Create(CultureInfo.InvariantCulture, $"small{i}x")), "1.0") { PayloadSize = 40_000 }),
            new TinyWheel(index.Name("large"), "1.0") { PayloadSize = LargeSize },
        ];
        index.Publish(wheels);
        index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File, Project = index.Name("large") },
            Effect = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 1, CutBeforeBytes = LargeSize / Cuts },
            Times = Cuts,
            Seed = 7,
        });
        await using var project = Project(engine, index, image, options, wheels);

        foreach (var part in (int[])[3, 2])
        {
            var sent = LargeSize / part;
            using var command = LiveCommand.Start(engine, project.Folder, "pipcache", verb);
            await index.Server.WaitAsync(
                now => now.Of(RequestKind.File).BodyBytes > sent / 2, TestContext.Current.CancellationToken);
            foreach (var id in command.All())
            {
                Signals.Send(id, Signals.Kill);
            }

            await command.EndAsync();
        }

        (await project.PipCacheAsync(verb)).ShouldHaveBuilt();

        var files = index.Server.Snapshot().Of(RequestKind.File);
        files.BodyBytes.ShouldBeLessThan((long)(wheels.Sum(wheel => (double)wheel.Build().Length) * Tolerance));
        var built = (await project.ImagesAsync())["web"];
        await engine.SucceedAsync("/", ["run", "--rm", built, "python", "-c", AllAreThere, .. wheels.Select(wheel => wheel.Name)]);
    }

    private static ComposeProject Project(
        Engine engine, OwnIndex index, string image, string options, IEnumerable<TinyWheel> wheels) => ComposeProject.FromFiles(
        engine,
        ("compose.yaml", "services: {web: {build: .}}\n"),
        ("requirements.txt", string.Concat(wheels.Select(wheel => $"{wheel.Name}==1.0\n"))),
        ("Dockerfile", $"""
            FROM {image}
            {index.Settings}
            COPY requirements.txt .
            RUN pip install {options} -r requirements.txt

            """));
}
