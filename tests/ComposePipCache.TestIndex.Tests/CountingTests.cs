namespace ComposePipCache.TestIndex.Tests;

public class CountingTests
{
    [Fact]
    public async Task Requests_and_bytes_are_counted_by_kind_file_page_and_connection()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Alpha);
        var page = await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);
        index.Server.ResetCounters();

        await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);
        var file = await index.Client.GetByteArrayAsync(path, HostedIndex.Token);
        await index.Client.GetByteArrayAsync(path, HostedIndex.Token);
        var metadata = await index.Client.GetByteArrayAsync(path + ".metadata", HostedIndex.Token);

        var counters = await index.Server.WaitAsync(now => now.Total.Complete == 4, HostedIndex.Token);
        var files = new Tally { Requests = 2, BodyBytes = 2 * file.Length, Complete = 2 };
        counters.Of(RequestKind.File).ShouldBe(files);
        counters.OfFile(HostedIndex.Alpha.FileName).ShouldBe(files);
        counters.Metadata[HostedIndex.Alpha.FileName]
            .ShouldBe(new Tally { Requests = 1, BodyBytes = metadata.Length, Complete = 1 });
        counters.Pages["/simple/alpha/"]
            .ShouldBe(new Tally { Requests = 1, BodyBytes = page.Length, Complete = 1 });
        var connection = counters.Connections.ShouldHaveSingleItem();
        connection.Requests.ShouldBe(4);
        connection.IsOpen.ShouldBeTrue();
        connection.Bytes.ShouldBeGreaterThan(counters.Total.BodyBytes);
    }

    [Fact]
    public async Task Each_connection_has_a_number_of_its_own()
    {
        await using var index = new HostedIndex();

        await RawClient.GetAsync(index.Server.Url, "/simple/alpha/", "Connection: close\r\n");
        await RawClient.GetAsync(index.Server.Url, "/simple/alpha/", "Connection: close\r\n");

        index.Server.Log().Select(entry => entry.Connection).ShouldBe([1L, 2]);
        var counters = await index.Server.WaitAsync(
            now => now.Connections.All(connection => !connection.IsOpen), HostedIndex.Token);
        counters.Connections.Select(connection => connection.Requests).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task The_log_tells_who_asked_for_what()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Alpha);
        index.Server.ResetCounters();

        using var response = await index.GetAsync(
            path + "?a=b", ("Range", "bytes=0-9"), ("User-Agent", "pip/1"), ("Accept", "x/y"));
        await index.Server.WaitAsync(now => now.Total.Complete == 1, HostedIndex.Token);

        var entry = index.Server.Log().ShouldHaveSingleItem();
        entry.Method.ShouldBe("GET");
        entry.Target.ShouldBe(path + "?a=b");
        entry.Index.ShouldBe("public");
        entry.Project.ShouldBe("alpha");
        entry.FileName.ShouldBe(HostedIndex.Alpha.FileName);
        entry.Range.ShouldBe("bytes=0-9");
        entry.UserAgent.ShouldBe("pip/1");
        entry.Accept.ShouldBe("x/y");
        entry.Status.ShouldBe(206);
        entry.BodyBytes.ShouldBe(10);
        entry.Outcome.ShouldBe(Outcome.Complete);
    }

    [Fact]
    public async Task Only_bytes_that_left_are_counted_when_the_client_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other kernels do not tell what left");
        await using var index = new HostedIndex();
        new Catalog.TinyWheel("huge", "1.0") { PayloadSize = 30_000_000 }.WriteTo(index.Folder);
        index.Server.Rescan();
        var path = await index.PathOfAsync(new Catalog.TinyWheel("huge", "1.0"));
        index.Server.ResetCounters();

        using var client = await RawClient.ConnectAsync(index.Server.Url);
        await client.SendAsync(path);
        await client.ReadAsync(500_000);
        client.Kill();
        var counters = await index.Server.WaitAsync(now => !now.Connections[^1].IsOpen, HostedIndex.Token);

        // What left is more than was read: the client's own kernel had taken some on.
        counters.Total.BodyBytes.ShouldBeInRange(499_000, 15_000_000);
        counters.Total.Complete.ShouldBe(0);
        counters.Connections[^1].Bytes.ShouldBeInRange(counters.Total.BodyBytes, counters.Total.BodyBytes + 1000);
        index.Server.Log().ShouldHaveSingleItem().Outcome.ShouldBe(Outcome.ClientGone);
    }

    [Fact]
    public async Task What_the_kernel_still_held_for_a_client_that_never_read_is_not_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other kernels do not tell what left");
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.ResetCounters();

        // A client that never reads: its window closes long before the end of the file.
        using var client = await RawClient.ConnectAsync(index.Server.Url, receiveBuffer: 64 * 1024);
        await client.SendAsync(path);
        await index.Server.WaitAsync(now => now.Total.BodyBytes > 64 * 1024, HostedIndex.Token);
        client.Kill();
        var counters = await index.Server.WaitAsync(now => !now.Connections[^1].IsOpen, HostedIndex.Token);

        counters.Total.BodyBytes.ShouldBeInRange(1, 512 * 1024);
    }

    [Fact]
    public async Task A_reset_forgets_all_but_open_connections()
    {
        await using var index = new HostedIndex();
        await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);
        await RawClient.GetAsync(index.Server.Url, "/simple/alpha/", "Connection: close\r\n");
        await index.Server.WaitAsync(now => now.Connections.Count(one => !one.IsOpen) == 1, HostedIndex.Token);

        index.Server.ResetCounters();

        var counters = index.Server.Snapshot();
        counters.Total.ShouldBe(new Tally());
        counters.Connections.ShouldBe([new ConnectionTally(1, 0, 0, IsOpen: true)]);
        index.Server.Log().ShouldBeEmpty();
    }
}
