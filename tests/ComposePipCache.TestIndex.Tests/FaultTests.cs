using System.Net;
using System.Text;

namespace ComposePipCache.TestIndex.Tests;

public class FaultTests
{
    private static readonly RequestMatch Files = new() { Kind = RequestKind.File };

    [Theory]
    [InlineData(Cut.Reset, 0)]
    [InlineData(Cut.Reset, 1)]
    [InlineData(Cut.Reset, 1_234_567)]
    [InlineData(Cut.Close, 0)]
    [InlineData(Cut.Close, 1_234_567)]
    public async Task A_connection_is_cut_after_exactly_so_many_bytes(Cut cut, int place)
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { Cut = cut, CutAfterBytes = place });

        var (head, body, end) = await RawClient.GetAsync(index.Server.Url, path);

        head.ShouldContain($"Content-Length: {HostedIndex.BigBytes.Length}");
        body.ShouldBeBytes(HostedIndex.BigBytes[..place]);
        end.ShouldBe(cut == Cut.Reset ? End.Rst : End.Fin);
        var entry = await EndedAsync(index);
        entry.Outcome.ShouldBe(cut == Cut.Reset ? Outcome.Reset : Outcome.Closed);
        entry.BodyBytes.ShouldBe(place);
    }

    [Theory]
    [InlineData(Cut.Reset)]
    [InlineData(Cut.Close)]
    public async Task A_connection_is_cut_before_any_answer(Cut cut)
    {
        await using var index = new HostedIndex();
        Add(index, new FaultEffect { Cut = cut }, new RequestMatch());

        var (head, _, end) = await RawClient.GetAsync(index.Server.Url, "/simple/alpha/");

        head.ShouldBeEmpty();
        end.ShouldBe(cut == Cut.Reset ? End.Rst : End.Fin);
        index.Server.Log().Single().Status.ShouldBe(0);
    }

    [Fact]
    public async Task A_stall_holds_the_connection_until_the_client_leaves()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 1000 });

        using (var client = await RawClient.ConnectAsync(index.Server.Url))
        {
            await client.SendAsync(path);
            await client.ReadAsync(1000);
            await index.Server.WaitAsync(now => now.Of(RequestKind.File).BodyBytes == 1000, HostedIndex.Token);
            index.Server.Log()[^1].Outcome.ShouldBe(Outcome.Running);
        }

        (await EndedAsync(index)).Outcome.ShouldBe(Outcome.Stalled);
    }

    [Fact]
    public async Task A_stall_of_some_length_goes_on()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 1000, StallMilliseconds = 1 });

        (await index.Client.GetByteArrayAsync(path, HostedIndex.Token)).ShouldBeBytes(HostedIndex.BigBytes);
    }

    [Fact]
    public async Task A_black_hole_takes_the_request_and_never_answers()
    {
        await using var index = new HostedIndex();
        Add(index, new FaultEffect { Cut = Cut.Stall }, new RequestMatch());

        using (var client = await RawClient.ConnectAsync(index.Server.Url))
        {
            await client.SendAsync("/simple/alpha/");
            await index.Server.WaitAsync(now => now.Total.Requests == 1, HostedIndex.Token);
        }

        var entry = await EndedAsync(index);
        entry.Outcome.ShouldBe(Outcome.Stalled);
        entry.Status.ShouldBe(0);
    }

    [Fact]
    public async Task A_status_is_answered_so_often_with_retry_after()
    {
        await using var index = new HostedIndex();
        index.Server.AddFault(new FaultRule { Times = 2, Effect = new FaultEffect { Status = 429, RetryAfter = "1" } });

        using var first = await index.GetAsync("/simple/alpha/");
        using var second = await index.GetAsync("/simple/alpha/");
        using var third = await index.GetAsync("/simple/alpha/");

        first.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        index.Server.Faults.Single().Fired.ShouldBe(2);
    }

    [Fact]
    public async Task A_captive_portal_answers_html_for_a_wheel()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Alpha);
        Add(index, new FaultEffect { CaptivePortal = true });

        using var response = await index.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await response.Content.ReadAsStringAsync(HostedIndex.Token)).ShouldContain("Log in");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=2000000-")]
    public async Task One_byte_of_the_file_is_flipped_wherever_the_range_begins(string? range)
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { FlipAt = 2_000_100 });
        var expected = (byte[])HostedIndex.BigBytes.Clone();
        expected[2_000_100] ^= 0xFF;

        using var response = range is null ? await index.GetAsync(path) : await index.GetAsync(path, ("Range", range));

        (await response.Content.ReadAsByteArrayAsync(HostedIndex.Token))
            .ShouldBeBytes(range is null ? expected : expected[2_000_000..]);
    }

    [Fact]
    public async Task A_body_can_be_short_with_a_length_that_agrees()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { BodyDelta = -100 });

        var bytes = await index.Client.GetByteArrayAsync(path, HostedIndex.Token);

        bytes.ShouldBeBytes(HostedIndex.BigBytes[..^100]);
    }

    [Fact]
    public async Task A_body_can_be_over_long_with_a_length_that_agrees()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { BodyDelta = 3 });

        var bytes = await index.Client.GetByteArrayAsync(path, HostedIndex.Token);

        bytes.ShouldBeBytes([.. HostedIndex.BigBytes, .. "~~~"u8]);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public async Task A_content_length_can_lie_both_ways(int delta)
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { ContentLengthDelta = delta });

        var (head, body, end) = await RawClient.GetAsync(index.Server.Url, path);

        head.ShouldContain($"Content-Length: {HostedIndex.BigBytes.Length + delta}\r\n");
        head.ShouldContain("Connection: close");
        body.ShouldBeBytes(HostedIndex.BigBytes);
        end.ShouldBe(End.Fin);
    }

    [Theory]
    [InlineData(Framing.Chunked, "Transfer-Encoding: chunked")]
    [InlineData(Framing.UntilClose, "Connection: close")]
    public async Task A_body_can_come_without_a_length(Framing framing, string field)
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { Framing = framing });

        var (head, _, _) = await RawClient.GetAsync(index.Server.Url, path, "Connection: close\r\n");
        var bytes = await index.Client.GetByteArrayAsync(path, HostedIndex.Token);

        head.ShouldNotContain("Content-Length");
        head.ShouldContain(field);
        bytes.ShouldBeBytes(HostedIndex.BigBytes);
    }

    [Fact]
    public async Task Ranges_can_be_refused()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { RefuseRange = true });

        using var response = await index.GetAsync(path, ("Range", "bytes=10-19"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.AcceptRanges.ShouldBeEmpty();
        response.Content.Headers.ContentLength.ShouldBe(HostedIndex.BigBytes.Length);
    }

    [Fact]
    public async Task The_entity_tag_can_change_in_mid_way()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.AddFault(
            new FaultRule { Match = Files, After = 1, Effect = new FaultEffect { ETag = "\"new\"" } });

        using var first = await index.GetAsync(path, ("Range", "bytes=0-9"));
        using var second = await index.GetAsync(
            path, ("Range", "bytes=10-19"), ("If-Range", first.Headers.ETag!.ToString()));

        first.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.ETag!.ToString().ShouldBe("\"new\"");
    }

    [Fact]
    public async Task Content_range_can_name_other_positions_than_are_sent()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        Add(index, new FaultEffect { ContentRangeDelta = 5 });

        using var response = await index.GetAsync(path, ("Range", "bytes=10-19"));

        response.Content.Headers.ContentRange!.From.ShouldBe(15);
        (await response.Content.ReadAsByteArrayAsync(HostedIndex.Token)).ShouldBeBytes(HostedIndex.BigBytes[10..20]);
    }

    [Fact]
    public async Task Pages_are_cut_as_files_are()
    {
        await using var index = new HostedIndex();
        Add(index, new FaultEffect { Cut = Cut.Close, CutAfterBytes = 50 }, new RequestMatch { Project = "alpha" });

        var (_, body, _) = await RawClient.GetAsync(index.Server.Url, "/simple/alpha/");

        Encoding.ASCII.GetString(body).ShouldBe("<!DOCTYPE html>\n<html>\n  <head>\n    <meta name=\"py");
    }

    [Fact]
    public async Task The_index_can_go_away_at_the_nth_file()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Alpha);
        index.Server.AddFault(new FaultRule { Match = Files, After = 2, Effect = new FaultEffect { GoAway = true } });

        await index.Client.GetByteArrayAsync(path, HostedIndex.Token);
        await index.Client.GetByteArrayAsync(path, HostedIndex.Token);
        await Should.ThrowAsync<HttpRequestException>(() => index.Client.GetByteArrayAsync(path, HostedIndex.Token));

        index.Server.Mode.ShouldBe(ServingMode.Away);
        index.Server.Snapshot().Of(RequestKind.File).ShouldSatisfyAllConditions(
            tally => tally.Requests.ShouldBe(3),
            tally => tally.Complete.ShouldBe(2));
    }

    [Fact]
    public async Task The_connection_lives_on_after_an_honest_fault()
    {
        await using var index = new HostedIndex();
        index.Server.AddFault(new FaultRule { Times = 1, Effect = new FaultEffect { Status = 503 } });

        using (var failed = await index.GetAsync("/simple/alpha/"))
        {
            await failed.Content.ReadAsByteArrayAsync(HostedIndex.Token);
        }

        await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);

        index.Server.Snapshot().Connections.ShouldHaveSingleItem().Requests.ShouldBe(2);
    }

    private static void Add(HostedIndex index, FaultEffect effect, RequestMatch? match = null) =>
        index.Server.AddFault(new FaultRule { Match = match ?? Files, Effect = effect });

    private static async Task<RequestEntry> EndedAsync(HostedIndex index)
    {
        await index.Server.WaitAsync(_ => index.Server.Log()[^1].Outcome != Outcome.Running, HostedIndex.Token);
        return index.Server.Log()[^1];
    }
}
