using System.Globalization;
using ComposePipCache.TestIndex;
using ComposePipCache.Tests.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Store;

/// <summary>Processes end by SIGKILL at random moments; PIPCACHE_SOAK=1 does so ten times as often.</summary>
public class KillTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("PIPCACHE_SOAK") == "1" ? 50 : 5;

    [Fact]
    public async Task A_kill_at_any_moment_leaves_whole_files_and_nothing_else()
    {
        using var home = new StoreHome();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        HashSet<string> acknowledged = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = StoreProcess.Start("add", home.Root, $"{random.Next()}");
            await KillSomewhereAsync(process, random, acknowledged);

            await VerifyAsync(home, acknowledged, $"seed {seed}, kill {kill}");
        }
    }

    [Fact]
    public async Task Two_processes_share_a_wheelhouse_and_one_is_killed()
    {
        using var home = new StoreHome();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        HashSet<string> acknowledged = [];
        using var survivor = StoreProcess.Start("add", home.Root, $"{random.Next()}");
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = StoreProcess.Start("add", home.Root, $"{random.Next()}");
            await KillSomewhereAsync(victim, random, acknowledged);

            await ReadLinesAsync(survivor, 5, acknowledged);
            await VerifyAsync(home, acknowledged, $"seed {seed}, kill {kill}", living: 1);
        }
    }

    [Fact]
    public async Task A_killed_download_is_gone_on_with()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Index.SetLink(new LinkSettings { BytesPerSecond = 4_000_000 });
        long kept = 0;
        using (var process = StoreProcess.Start(
            "fetch", home.Root, home.Url.AbsoluteUri, DownloadHome.Wheel.FileName, DownloadHome.Sha256))
        {
            while (kept < 1_000_000 && await process.ReadLineAsync() is { } line)
            {
                kept = long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            }
        }

        home.ShouldHold(await home.FetchAsync());

        var offset = long.Parse(home.Log[^1].Range!["bytes=".Length..^1], CultureInfo.InvariantCulture);
        offset.ShouldBeGreaterThanOrEqualTo(kept);
    }

    // The moment is random; what the process told before it died has to be there.
    private static async Task KillSomewhereAsync(StoreProcess process, Random random, HashSet<string> acknowledged)
    {
        (await process.ReadLineAsync()).ShouldBe("ready");
        await ReadLinesAsync(process, random.Next(20), acknowledged);
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 10), StoreHome.Token);
        process.Kill();
        foreach (var line in (await process.FinishAsync()).Where(IsWhole))
        {
            acknowledged.Add(line);
        }
    }

    private static async Task ReadLinesAsync(StoreProcess process, int count, HashSet<string> acknowledged)
    {
        for (var read = 0; read < count && await process.ReadLineAsync() is { } line; read++)
        {
            if (IsWhole(line))
            {
                acknowledged.Add(line);
            }
        }
    }

    private static bool IsWhole(string line) => line.EndsWith(".whl", StringComparison.Ordinal);

    private static async Task VerifyAsync(StoreHome home, HashSet<string> acknowledged, string when, int living = 0)
    {
        using var store = WheelhouseStore.Open(home.Root);
        var files = store.List().ToList();
        foreach (var file in files)
        {
            (await WheelhouseStore.VerifyAsync(file, StoreHome.Token)).ShouldBe(StoredFileState.Intact, when);
        }

        acknowledged.ShouldBeSubsetOf(files.Select(file => $"{file.Sha256} {file.FileName}"), when);
        Entries(home, "wheels").Count(File.Exists).ShouldBeLessThanOrEqualTo(store.List().Count(), when);
        VerifyRecords(store, acknowledged, when);
        if (living == 0)
        {
            Entries(home, "partial").ShouldBeEmpty(when);
        }

        using var content = StoreHome.Stream(when);
        await store.AddAsync("next-1.0.zip", expectedSha256: null, content, StoreHome.Token);
    }

    // Nothing is there yet when the first kill came early.
    private static string[] Entries(StoreHome home, string folder) =>
        Directory.Exists(Path.Combine(home.Root, folder))
            ? Directory.GetFileSystemEntries(Path.Combine(home.Root, folder), "*", SearchOption.AllDirectories)
            : [];

    private static void VerifyRecords(WheelhouseStore store, HashSet<string> acknowledged, string when)
    {
        var locks = new LockStore(store);
        foreach (var key in locks.Keys())
        {
            locks.Find(key).Problem.ShouldBeNull(when);
        }

        var layers = new LayerRecords(store);
        foreach (var name in acknowledged.Select(line => line.Split(' ')[1]))
        {
            locks.Find(StoreHome.Sha(name)).Record!.Files.Single().FileName.ShouldBe(name, when);
            layers.Find(name).Record.ShouldNotBeNull(when);
        }
    }
}
