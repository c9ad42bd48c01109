using System.Globalization;
using System.Net;
using System.Text;
using ComposePipCache.Bed;
using ComposePipCache.TestIndex;

namespace ComposePipCache.Benchmarks;

/// <summary>A wheel of 2 GB on its way from an index to the engine.</summary>
internal static class LargeDownloadBenchmark
{
    private const int Megabytes = 2000;
    private const double MemoryBar = 150;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        using var folder = new TemporaryFolder();
        BigWheel.Write(folder.Path, "large", Megabytes);
        await using var index = IndexServer.Start(new IndexOptions
        {
            WheelFolders = [folder.Path],
            Listen = new IPEndPoint(await BedScript.HostAddressAsync(), 0),
        });
        using var wheelhouse = new TemporaryFolder();
        await engine.PruneAsync();
        var run = await BuildAsync(engine, index, wheelhouse.Path);
        await engine.PruneAsync();
        var sent = index.Snapshot().Of(RequestKind.File).BodyBytes;
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"peak, in {run.Elapsed.TotalSeconds:0} s; the index sent {sent / 1e6:0} MB");
        return
        [
            new Result(
                $"memory while a 2 GB wheel is downloaded and seeded ({engine.Name})", run.PeakMemory / 1e6, MemoryBar, " MB", detail),
        ];
    }

    /// <summary>A step that looks for the wheel and does not unpack it: that would be pip's memory, and time.</summary>
    private static async Task<Run> BuildAsync(Engine engine, IndexServer index, string wheelhouse)
    {
        var host = new Uri(index.SimpleUrl).Host;
        var definition =
            $$$"""
            {
              "group": {"default": {"targets": ["large"]}},
              "target": {
                "large": {
                  "context": "{{{wheelhouse}}}",
                  "dockerfile-inline": "FROM python:3.11\nENV PIP_INDEX_URL={{{index.SimpleUrl}}} PIP_TRUSTED_HOST={{{host}}}\nRUN pip install --dry-run large==1.0\n",
                  "output": ["type=cacheonly"]
                }
              }
            }
            """;
        var start = engine.StartInfo(
            engine.Builder(), "/", "bake", "--file", "-", "--progress", "rawjson", "--allow", "fs.read=*");
        start.Environment["PIPCACHE_DIR"] = wheelhouse;
        return await Measurement.TimeAsync(start, new MemoryStream(Encoding.UTF8.GetBytes(definition)));
    }
}
