using System.Globalization;
using System.Text;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>The first transfer of a large context, against buildx; both are started as compose starts its builder.</summary>
internal static class ContextTransferBenchmark
{
    private const int Files = 20_000;
    private const int FileLength = 100_000;
    private const int Runs = 3;
    private const double MemoryBar = 150;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        var definition = Definition(folder.Path);
        var ours = new List<Run>();
        var theirs = new List<Run>();
        for (var i = 0; i < Runs; i++)
        {
            ours.Add(await TransferAsync(engine, engine.Builder(), definition));
            theirs.Add(await TransferAsync(engine, await BedScript.PathAsync("buildx"), definition));
        }

        var a = Measurement.Median(ours.Select(run => run.Elapsed.TotalSeconds));
        var b = Measurement.Median(theirs.Select(run => run.Elapsed.TotalSeconds));
        var megabytes = ours.Max(run => run.PeakMemory) / 1e6;
        var theirMegabytes = theirs.Max(run => run.PeakMemory) / 1e6;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{a:0.0} s to {b:0.0} s, medians of {Runs}");
        var memory = string.Create(CultureInfo.InvariantCulture, $"peak; buildx {theirMegabytes:0} MB");
        return
        [
            new Result($"first transfer of 2 GB in 20,000 files, of buildx ({engine.Name})", a / b, 1.1, "×", detail),
            new Result($"memory of that transfer ({engine.Name})", megabytes, MemoryBar, " MB", memory),
        ];
    }

    private static async Task<Run> TransferAsync(Engine engine, string builder, string definition)
    {
        await engine.PruneAsync();
        var start = engine.StartInfo(builder, "/", "bake", "--file", "-", "--progress", "rawjson", "--allow", "fs.read=*");
        return await Measurement.TimeAsync(start, new MemoryStream(Encoding.UTF8.GetBytes(definition)));
    }

    private static string Definition(string path) =>
        $$$"""
        {
          "group": {"default": {"targets": ["big"]}},
          "target": {
            "big": {
              "context": "{{{path}}}",
              "dockerfile-inline": "FROM scratch\nCOPY . /\n",
              "output": ["type=cacheonly"]
            }
          }
        }
        """;

    private static void Fill(string path)
    {
        var random = new Random(1);
        var content = new byte[FileLength];
        for (var i = 0; i < Files; i++)
        {
            var folder = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"d{i / 100}"));
            if (i % 100 == 0)
            {
                Directory.CreateDirectory(folder);
            }

            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"f{i}")), content);
        }
    }
}
