using System.Diagnostics;
using System.Globalization;
using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>A build in which nothing has changed, against compose's.</summary>
internal static class CachedBuildBenchmark
{
    private const int Runs = 11;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine)
    {
        await using var project = ComposeProject.FromExample(engine, "celery");
        await engine.SucceedAsync(project.Folder, "pipcache", "build");
        await engine.SucceedAsync(project.Folder, "compose", "build");
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            ours.Add((await Measurement.TimeAsync(Start(engine, project, "pipcache"))).Elapsed.TotalMilliseconds);
            theirs.Add((await Measurement.TimeAsync(Start(engine, project, "compose"))).Elapsed.TotalMilliseconds);
        }

        var (a, b) = (Measurement.Median(ours), Measurement.Median(theirs));
        var detail = string.Create(CultureInfo.InvariantCulture, $"{a:0} ms to {b:0} ms, medians of {Runs}");
        return [new Result($"fully cached build, of `docker compose build` ({engine.Name})", a / b, 0.75, "×", detail)];
    }

    private static ProcessStartInfo Start(Engine engine, ComposeProject project, string verb) =>
        engine.StartInfo(engine.Docker, project.Folder, verb, "build");
}
