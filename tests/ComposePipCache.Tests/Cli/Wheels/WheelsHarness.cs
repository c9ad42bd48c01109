using System.Text.Json;
using ComposePipCache.Tests.Wheelhouse;
using ComposePipCache.Wheelhouse.Store;
using Microsoft.Extensions.Time.Testing;

namespace ComposePipCache.Tests.Cli.Wheels;

/// <summary>The command line on a wheelhouse that a test has stocked, ten days later.</summary>
internal sealed class WheelsHarness : IDisposable
{
    public WheelsHarness()
    {
        Store = WheelhouseStore.Open(Root);
        Stock = new StockedHome(Store);
        Cli.Clock = new FakeTimeProvider(StockedHome.Day(10));
    }

    public CliHarness Cli { get; } = new();

    public WheelhouseStore Store { get; }

    public StockedHome Stock { get; }

    public string Root => Path.Combine(Cli.Cache, "wheelhouse");

    public string Output => Cli.Output.StandardOutput;

    public string Notes => Cli.Output.StandardError;

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Task<int> RunAsync(params string[] words) => Cli.RunAsync(["pipcache", "wheels", .. words]);

    /// <summary>Two services, a built wheel, a file that nobody needs, and a half download.</summary>
    public async Task FillAsync()
    {
        var alpha = await Stock.AddAsync("alpha-1.10-py3-none-any.whl", new string('a', 3000), day: 1);
        var older = await Stock.AddAsync("alpha-1.9-py3-none-any.whl", new string('A', 2000), day: 1);
        var sdist = await Stock.AddAsync("beta_b-2.0.tar.gz", new string('b', 500), day: 2);
        var built = await Stock.AddAsync("beta_b-2.0-cp312-cp312-linux_x86_64.whl", new string('B', 700), day: 3);
        await Stock.AddAsync("gamma-0.1-py3-none-any.whl", new string('g', 100), day: 4);
        await Stock.LockAsync("shop/web", day: 9, alpha, sdist);
        await Stock.LockAsync("shop/worker", day: 5, older, sdist);
        await Stock.LockAsync("shop/web", day: 6, ComposePipCache.Wheelhouse.Locks.LockedFileKind.Built, built);
        await Stock.AddHalfAsync("delta-1.0-py3-none-any.whl", new string('d', 5000), day: 8);
    }

    public string[] Projects() => [.. Stock.Inventory.Packages.Select(one => $"{one.Project} {one.Version?.Text}")];

    public void Dispose()
    {
        Store.Dispose();
        Cli.Dispose();
    }
}
