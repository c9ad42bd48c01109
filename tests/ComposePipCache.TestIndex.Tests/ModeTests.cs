using System.Net.Sockets;

namespace ComposePipCache.TestIndex.Tests;

public class ModeTests
{
    private const string SynSent = "02";

    [Theory]
    [InlineData(Cut.Reset, End.Rst)]
    [InlineData(Cut.Close, End.Fin)]
    public async Task An_index_that_goes_away_cuts_all_and_comes_back_under_its_number(Cut cut, object end)
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File },
            Effect = new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 1000 },
        });
        using var client = await RawClient.ConnectAsync(index.Server.Url);
        await client.SendAsync(path);
        await index.Server.WaitAsync(now => now.Of(RequestKind.File).BodyBytes == 1000, HostedIndex.Token);

        await index.Server.SetModeAsync(ServingMode.Away, cut);
        var rest = await client.ReadToEndAsync();
        var refused = await Should.ThrowAsync<SocketException>(() => RawClient.ConnectAsync(index.Server.Url));
        await index.Server.SetModeAsync(ServingMode.Serving);
        var page = await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);

        rest.End.ShouldBe((End)end);
        refused.SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        page.ShouldContain("alpha");
        index.Server.Log().Single(entry => entry.Target == path).Outcome.ShouldBe(Outcome.Stopped);
    }

    [Fact]
    public async Task Going_away_does_not_wait_for_a_delayed_answer()
    {
        await using var index = new HostedIndex();
        index.Server.SetLink(new LinkSettings(LatencyMilliseconds: 3_600_000));
        using var client = await RawClient.ConnectAsync(index.Server.Url);
        await client.SendAsync("/simple/alpha/");
        await index.Server.WaitAsync(now => now.Total.Requests == 1, HostedIndex.Token);

        await index.Server.SetModeAsync(ServingMode.Away);

        (await client.ReadToEndAsync()).End.ShouldBe(End.Rst);
        index.Server.Log().ShouldHaveSingleItem().Outcome.ShouldBe(Outcome.Stopped);
    }

    [Fact]
    public async Task A_paused_index_accepts_and_answers_when_it_goes_on()
    {
        await using var index = new HostedIndex();
        await index.Server.SetModeAsync(ServingMode.Paused);

        var page = index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);
        await index.Server.WaitAsync(now => now.Connections.Count == 1, HostedIndex.Token);
        page.IsCompleted.ShouldBeFalse();
        await index.Server.SetModeAsync(ServingMode.Serving);

        (await page).ShouldContain("alpha");
    }

    [Fact]
    public async Task A_pause_stops_a_body_in_the_middle()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.SetLink(new LinkSettings(BytesPerSecond: 100_000));

        var download = index.Client.GetByteArrayAsync(path, HostedIndex.Token);
        await index.Server.WaitAsync(now => now.Of(RequestKind.File).BodyBytes > 0, HostedIndex.Token);
        await index.Server.SetModeAsync(ServingMode.Paused);
        index.Server.SetLink(new LinkSettings());
        download.IsCompleted.ShouldBeFalse();
        await index.Server.SetModeAsync(ServingMode.Serving);

        (await download).ShouldBeBytes(HostedIndex.BigBytes);
    }

    [Fact]
    public async Task An_index_that_does_not_accept_lets_connections_hang()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a full queue is a refusal elsewhere");
        await using var index = new HostedIndex();
        await index.Server.SetModeAsync(ServingMode.NotAccepting);

        var hanging = RawClient.ConnectAsync(index.Server.Url);
        (await StateOfConnectionToAsync(new Uri(index.Server.Url).Port)).ShouldContain(SynSent);
        index.Server.Snapshot().Connections.ShouldBeEmpty();
        await index.Server.SetModeAsync(ServingMode.Serving);

        // The kernel repeats the lost packet after a second.
        using var client = await hanging;
        (await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token)).ShouldContain("alpha");
    }

    [Fact]
    public async Task Every_mode_follows_every_other()
    {
        await using var index = new HostedIndex();

        foreach (var first in Enum.GetValues<ServingMode>())
        {
            foreach (var second in Enum.GetValues<ServingMode>())
            {
                await index.Server.SetModeAsync(first);
                await index.Server.SetModeAsync(second);
            }
        }

        await index.Server.SetModeAsync(ServingMode.Serving);
        (await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token)).ShouldContain("alpha");
    }

    [Fact]
    public async Task An_index_stops_in_the_middle_of_answers()
    {
        var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.AddFault(new FaultRule { Effect = new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 10 } });
        using var client = await RawClient.ConnectAsync(index.Server.Url);
        await client.SendAsync(path);
        await index.Server.WaitAsync(now => now.Of(RequestKind.File).BodyBytes == 10, HostedIndex.Token);

        await index.DisposeAsync();

        (await client.ReadToEndAsync()).Body.Length.ShouldBe(10);
    }

    // Columns of /proc/net/tcp: number, local, remote, state; on loopback a handshake is over within connect().
    private static async Task<IEnumerable<string>> StateOfConnectionToAsync(int port) =>
        (await File.ReadAllLinesAsync("/proc/net/tcp", HostedIndex.Token))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[2].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(columns => columns[3]);
}
