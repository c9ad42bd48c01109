using System.Globalization;
using System.Text;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>Getting wheels from a folder of the user's into the engine, against copying that folder on the host.</summary>
internal static class SeedingBenchmark
{
    private const int Runs = 5;
    private const int Wheels = 5;
    private const int WheelMegabytes = 100;
    private const int LargeMegabytes = 2000;
    private const double MemoryBar = 150;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < Wheels; i++)
        {
            BigWheel.Write(folder.Path, string.Create(CultureInfo.InvariantCulture, $"big{i}"), WheelMegabytes);
        }

        BigWheel.Write(folder.Path, "small", 0);
        using var little = new TemporaryFolder();
        BigWheel.Write(little.Path, "small", 0);
        var seeding = new List<double>();
        var copying = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            await engine.PruneAsync();
            // What an empty engine does once, whatever it gets: unpack the base image, make the mounts.
            await BuildAsync(engine, little.Path, 3 * i);
            await SettleAsync(engine);
            var seeded = await BuildAsync(engine, folder.Path, (3 * i) + 1);
            var warm = await BuildAsync(engine, folder.Path, (3 * i) + 2);
            seeding.Add((seeded.Elapsed - warm.Elapsed).TotalSeconds);
            copying.Add((await CopyAsync(engine, folder.Path)).TotalSeconds);
        }

        var (a, b) = (Measurement.Median(seeding), Measurement.Median(copying));
        var detail = string.Create(CultureInfo.InvariantCulture, $"{a:0.0} s to {b:0.0} s, medians of {Runs}");
        return
        [
            new Result($"seeding 500 MB, of `cp` ({engine.Name})", a / b, 8, "×", detail),
            await LargeAsync(engine),
        ];
    }

    private static async Task<Result> LargeAsync(Engine engine)
    {
        using var folder = new TemporaryFolder();
        BigWheel.Write(folder.Path, "large", LargeMegabytes);
        BigWheel.Write(folder.Path, "small", 0);
        await engine.PruneAsync();
        var run = await BuildAsync(engine, folder.Path, 0);
        await engine.PruneAsync();
        var detail = string.Create(CultureInfo.InvariantCulture, $"peak, in {run.Elapsed.TotalSeconds:0} s");
        return new Result($"memory while a 2 GB wheel is seeded ({engine.Name})", run.PeakMemory / 1e6, MemoryBar, " MB", detail);
    }

    /// <summary>A build whose step installs the small wheel; all of the folder is offered to it.</summary>
    private static async Task<Run> BuildAsync(Engine engine, string wheels, int turn)
    {
        var settings = Path.Combine(wheels, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""{"version": 1, "offline": true, "findLinks": ["{{wheels}}"]}""");
        var definition =
            $$$"""
            {
              "group": {"default": {"targets": ["seeded"]}},
              "target": {
                "seeded": {
                  "context": "{{{wheels}}}",
                  "dockerfile-inline": "FROM python:3.11\nENV TURN={{{turn}}}\nRUN pip install small\n",
                  "output": ["type=cacheonly"]
                }
              }
            }
            """;
        var start = engine.StartInfo(
            engine.Builder(), "/", "bake", "--file", "-", "--progress", "rawjson", "--allow", "fs.read=*");
        start.Environment["PIPCACHE_SETTINGS"] = settings;
        return await Measurement.TimeAsync(start, new MemoryStream(Encoding.UTF8.GetBytes(definition)));
    }

    private static Task SettleAsync(Engine engine) => Measurement.TimeAsync(engine.StartInfo("sync", "/"));

    private static async Task<TimeSpan> CopyAsync(Engine engine, string wheels)
    {
        using var target = new TemporaryFolder();
        await SettleAsync(engine);
        return (await Measurement.TimeAsync(engine.StartInfo("cp", "/", "-r", wheels, target.Path))).Elapsed;
    }
}
