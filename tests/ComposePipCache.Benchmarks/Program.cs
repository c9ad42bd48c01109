using System.Globalization;
using ComposePipCache.Bed;
using ComposePipCache.Benchmarks;

var results = new List<Result>();
using (var engine = await Engine.OpenAsync("28"))
{
    results.Add(await StartUpBenchmark.RunAsync(engine, 15, "docker-cli-plugin-metadata"));
    results.Add(await StartUpBenchmark.RunAsync(engine, 20, "version"));
    results.Add(await CachedBuildBenchmark.RunAsync(engine));
    results.AddRange(await ContextTransferBenchmark.RunAsync(engine));
    results.Add(await OfflineRebuildBenchmark.RunAsync(engine));
    results.AddRange(await SeedingBenchmark.RunAsync(engine));
}

using (var engine = await Engine.OpenAsync("28c"))
{
    results.Add(await CachedBuildBenchmark.RunAsync(engine));
}

var table = string.Join('\n', results);
Console.WriteLine(table);
var page = Path.Combine(Repository.Root, "docs/benchmarks.md");
var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
var section = $"\n## {date}, {Environment.ProcessorCount} cores\n\n| what | measured | bar | |\n|---|---|---|---|\n{table}\n";
File.AppendAllText(page, section);

foreach (var missed in results.Where(result => result.IsMissed))
{
    Console.Error.WriteLine($"missed by more than a quarter: {missed.Name}");
}

return results.Any(result => result.IsMissed) ? 1 : 0;
