using System.Globalization;
using ComposePipCache.Bed;
using ComposePipCache.Benchmarks;

(string Name, string Engine, Func<Engine, Task<IReadOnlyList<Result>>> RunAsync)[] benchmarks =
[
    ("start", "28", StartUpBenchmark.RunAsync),
    ("cached", "28", CachedBuildBenchmark.RunAsync),
    ("context", "28", ContextTransferBenchmark.RunAsync),
    ("offline", "28", OfflineRebuildBenchmark.RunAsync),
    ("seeding", "28", SeedingBenchmark.RunAsync),
    ("downloads", "28", DownloadBenchmark.RunAsync),
    ("large", "28", LargeDownloadBenchmark.RunAsync),
    ("cached", "28c", CachedBuildBenchmark.RunAsync),
];

var results = new List<Result>();
foreach (var benchmark in benchmarks.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)))
{
    using var engine = await Engine.OpenAsync(benchmark.Engine);
    results.AddRange(await benchmark.RunAsync(engine));
}

var table = string.Join('\n', results);
Console.WriteLine(table);
if (args.Length == 0)
{
    var page = Path.Combine(Repository.Root, "docs/benchmarks.md");
    var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    var section = $"\n## {date}, {Environment.ProcessorCount} cores\n\n| what | measured | bar | |\n|---|---|---|---|\n{table}\n";
    File.AppendAllText(page, section);
}

foreach (var missed in results.Where(result => result.IsMissed))
{
    Console.Error.WriteLine($"missed by more than a quarter: {missed.Name}");
}

return results.Any(result => result.IsMissed) ? 1 : 0;
