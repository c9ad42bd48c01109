using System.Globalization;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>A rebuild from an empty build cache without the index, against the same with an unthrottled one.</summary>
internal static class OfflineRebuildBenchmark
{
    private const int Runs = 5;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        await using var project = ComposeProject.FromExample(engine, "celery");
        await engine.SucceedAsync(project.Folder, "pipcache", "build");
        var offline = new List<double>();
        var online = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            offline.Add(await BuildAsync(engine, project, "--offline"));
            online.Add(await BuildAsync(engine, project, "--online"));
        }

        var (a, b) = (Measurement.Median(offline), Measurement.Median(online));
        var detail = string.Create(CultureInfo.InvariantCulture, $"{a:0.0} s to {b:0.0} s, medians of {Runs}");
        return [new Result($"offline rebuild, of the same online ({engine.Name})", a / b, 1.2, "×", detail)];
    }

    private static async Task<double> BuildAsync(Engine engine, ComposeProject project, string how)
    {
        await engine.PruneAsync();
        var start = engine.StartInfo(engine.Docker, project.Folder, "pipcache", how, "build");
        return (await Measurement.TimeAsync(start)).Elapsed.TotalSeconds;
    }
}
