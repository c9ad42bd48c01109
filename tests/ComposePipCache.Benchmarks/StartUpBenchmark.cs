using ComposePipCache.Bed;

namespace ComposePipCache.Benchmarks;

/// <summary>What docker waits for at every help page and TAB.</summary>
internal static class StartUpBenchmark
{
    private const int Runs = 41;

    public static async Task<IReadOnlyList<Result>> RunAsync(Engine engine) =>
    [
        await TimeAsync(engine, 15, "docker-cli-plugin-metadata"),
        await TimeAsync(engine, 20, "version"),
    ];

    private static async Task<Result> TimeAsync(Engine engine, double bar, params string[] arguments)
    {
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var run = await Measurement.TimeAsync(engine.StartInfo(Repository.Plugin, "/", arguments));
            times.Add(run.Elapsed.TotalMilliseconds);
        }

        return new Result($"`{string.Join(' ', arguments)}`", Measurement.Median(times), bar, " ms", $"median of {Runs}");
    }
}
