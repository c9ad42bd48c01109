using System.Net;
using System.Text;
using ComposePipCache.TestIndex.Control;

namespace ComposePipCache.TestIndex.Tests;

public class ControlTests
{
    [Fact]
    public async Task Counters_and_log_are_the_same_from_outside()
    {
        await using var index = HostControlled();
        using var control = new IndexClient(new Uri(index.Server.ControlUrl!));
        await index.Client.GetByteArrayAsync("/simple/alpha/", HostedIndex.Token);
        await index.Client.GetByteArrayAsync(await index.PathOfAsync(HostedIndex.Alpha), HostedIndex.Token);

        var seen = await control.WaitAsync(new WaitFor { Requests = 3, Complete = 3 }, HostedIndex.Token);
        var log = await control.LogAsync(HostedIndex.Token);

        var known = index.Server.Snapshot();
        seen.Total.ShouldBe(known.Total);
        seen.Files.ShouldBe(known.Files);
        seen.Pages.ShouldBe(known.Pages);
        seen.Kinds.ShouldBe(known.Kinds);
        seen.Connections.ShouldBe(known.Connections);
        log.Select(entry => (entry.Target, entry.Outcome))
            .ShouldBe(index.Server.Log().Select(entry => (entry.Target, entry.Outcome)));
        await control.ResetCountersAsync(HostedIndex.Token);
        (await control.SnapshotAsync(HostedIndex.Token)).Total.ShouldBe(new Tally());
    }

    [Fact]
    public async Task A_rule_arrives_whole()
    {
        await using var index = HostControlled();
        using var control = new IndexClient(new Uri(index.Server.ControlUrl!));
        var rule = new FaultRule
        {
            Id = "mine",
            Match = new RequestMatch { Kind = RequestKind.File, Path = "**", HasRange = true, UserAgent = "pip/*" },
            After = 1,
            Times = 2,
            Probability = 0.5,
            Seed = 3,
            Effect = new FaultEffect
            {
                BytesPerSecond = 1,
                DelayMilliseconds = 2,
                Status = 429,
                RetryAfter = "3",
                CaptivePortal = false,
                Cut = Cut.Stall,
                CutAfterBytes = 4,
                CutBeforeBytes = 5,
                StallMilliseconds = 6,
                FlipAt = 7,
                BodyDelta = 8,
                ContentLengthDelta = 9,
                Framing = Framing.Chunked,
                RefuseRange = true,
                ETag = "\"e\"",
                ContentRangeDelta = 10,
                GoAway = false,
            },
        };

        (await control.AddFaultAsync(rule, HostedIndex.Token)).ShouldBe("mine");
        (await control.AddFaultAsync(new FaultRule(), HostedIndex.Token)).ShouldBe("rule-1");

        (await control.FaultsAsync(HostedIndex.Token))[0].ShouldBe(new RuleStatus(rule, 0, 0));
        await control.RemoveFaultAsync("mine", HostedIndex.Token);
        index.Server.Faults.Single().Rule.Id.ShouldBe("rule-1");
        await control.ClearFaultsAsync(HostedIndex.Token);
        index.Server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_that_says_no_more_than_its_effect_always_strikes()
    {
        await using var index = HostControlled();
        using var body = new StringContent("""{"effect":{"status":503}}""");
        (await index.Client.PostAsync(index.Server.ControlUrl + "/faults", body, HostedIndex.Token)).Dispose();

        using var response = await index.GetAsync("/simple/");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_control_port_stays_when_the_index_goes_away()
    {
        await using var index = HostControlled();
        using var control = new IndexClient(new Uri(index.Server.ControlUrl!));

        await control.SetModeAsync(ServingMode.Away, HostedIndex.Token);
        index.Server.Mode.ShouldBe(ServingMode.Away);
        await Should.ThrowAsync<HttpRequestException>(() => index.GetAsync("/simple/"));
        await control.SetModeAsync(ServingMode.Serving, HostedIndex.Token);

        using var response = await index.GetAsync("/simple/");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Link_tls_and_rescan_are_told_from_outside()
    {
        await using var index = HostControlled();
        using var control = new IndexClient(new Uri(index.Server.ControlUrl!));
        (HostedIndex.Alpha with { Version = "9.0" }).WriteTo(index.Folder);

        await control.RescanAsync(HostedIndex.Token);
        await control.SetTlsAsync(TlsMode.Expired, HostedIndex.Token);
        await control.SetLinkAsync(new LinkSettings(100_000_000, 1), HostedIndex.Token);

        (await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token)).ShouldContain("alpha-9.0");
        index.Server.TlsMode.ShouldBe(TlsMode.Expired);
        (await control.CertificatesAsync(HostedIndex.Token)).ShouldBe(index.Server.CertificatesPem + "\n");
    }

    [Theory]
    [InlineData("POST", "/faults", """{"effect":{"cutt":"Reset"}}""", HttpStatusCode.BadRequest, "cutt")]
    [InlineData("POST", "/faults", "{", HttpStatusCode.BadRequest, "error")]
    [InlineData("POST", "/faults", "null", HttpStatusCode.BadRequest, "null is no value")]
    [InlineData("POST", "/mode", """{"mode":"Asleep"}""", HttpStatusCode.BadRequest, "error")]
    [InlineData("POST", "/nothing", "{}", HttpStatusCode.NotFound, "/nothing")]
    [InlineData("GET", "/nothing", "", HttpStatusCode.NotFound, "/nothing")]
    [InlineData("DELETE", "/faults/none", "", HttpStatusCode.NotFound, "/faults/none")]
    [InlineData("PUT", "/faults", "{}", HttpStatusCode.MethodNotAllowed, "GET, POST and DELETE")]
    public async Task What_is_not_understood_is_refused(
        string method, string path, string body, HttpStatusCode status, string why)
    {
        await using var index = HostControlled();
        using var request = new HttpRequestMessage(new HttpMethod(method), index.Server.ControlUrl + path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };

        using var response = await index.Client.SendAsync(request, HostedIndex.Token);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync(HostedIndex.Token)).ShouldContain(why);
    }

    private static HostedIndex HostControlled() =>
        new(options => options with { Control = new IPEndPoint(IPAddress.Loopback, 0) });
}
