using Microsoft.Extensions.Time.Testing;

namespace ComposePipCache.TestIndex.Tests;

public class LinkTests
{
    [Fact]
    public async Task A_slow_link_is_shared_by_all_connections()
    {
        var time = new FakeTimeProvider();
        await using var index = new HostedIndex(options => options with { Time = time });
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.ResetCounters();
        index.Server.SetLink(new LinkSettings(BytesPerSecond: 1_000_000));
        var start = time.GetUtcNow();

        // Two clients: one alone may send its second request over its first connection.
        using var other = new HttpClient { BaseAddress = index.Client.BaseAddress };
        var downloads = Task.WhenAll(
            index.Client.GetByteArrayAsync(path, HostedIndex.Token),
            other.GetByteArrayAsync(path, HostedIndex.Token));
        await PassUntilAsync(time, downloads);

        // Two files of 3 MB over 1 MB/s; the clock is turned in steps, so that it may only be late.
        (time.GetUtcNow() - start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(5.9);
        index.Server.Snapshot().Connections.Count(one => one.Requests == 1).ShouldBe(2);
    }

    [Fact]
    public async Task A_rule_can_slow_down_one_file_alone()
    {
        var time = new FakeTimeProvider();
        await using var index = new HostedIndex(options => options with { Time = time });
        var slow = await index.PathOfAsync(HostedIndex.Big);
        var fast = await index.PathOfAsync(HostedIndex.Alpha);
        index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File, Project = "big-one" },
            Effect = new FaultEffect { BytesPerSecond = 1_000_000 },
        });
        var start = time.GetUtcNow();

        var download = index.Client.GetByteArrayAsync(slow, HostedIndex.Token);
        await index.Client.GetByteArrayAsync(fast, HostedIndex.Token);
        download.IsCompleted.ShouldBeFalse();
        await PassUntilAsync(time, download);

        (time.GetUtcNow() - start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(2.9);
    }

    [Fact]
    public async Task Latency_and_delay_come_before_the_answer()
    {
        var time = new FakeTimeProvider();
        await using var index = new HostedIndex(options => options with { Time = time });
        index.Server.SetLink(new LinkSettings(LatencyMilliseconds: 300));
        index.Server.AddFault(new FaultRule { Effect = new FaultEffect { DelayMilliseconds = 700 } });

        var start = time.GetUtcNow();
        var page = index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);
        await index.Server.WaitAsync(now => now.Total.Requests == 1, HostedIndex.Token);
        time.Advance(TimeSpan.FromMilliseconds(990));
        index.Server.Snapshot().Total.Complete.ShouldBe(0);
        await PassUntilAsync(time, page);

        (time.GetUtcNow() - start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_lifted_limit_is_gone()
    {
        await using var index = new HostedIndex();
        index.Server.SetLink(new LinkSettings(BytesPerSecond: 1, LatencyMilliseconds: 3_600_000));
        index.Server.SetLink(new LinkSettings());

        (await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token)).ShouldNotBeEmpty();
    }

    private static async Task PassUntilAsync(FakeTimeProvider time, Task work)
    {
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await work;
    }
}
