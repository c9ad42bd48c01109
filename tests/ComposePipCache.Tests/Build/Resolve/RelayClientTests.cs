using System.Net;
using System.Net.Http.Headers;
using ComposePipCache.Build.Resolve;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Tests.Wheelhouse;
using ComposePipCache.Wheelhouse.Downloads;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>The proxy as any client sees it, and reading ahead of clients.</summary>
public class RelayClientTests
{
    private const string Json = "application/vnd.pypi.simple.v1+json";

    private static readonly TinyWheel One = new("one", "1.0") { Requires = ["two"], PayloadSize = 1000 };
    private static readonly TinyWheel Two = new("two", "2.0") { PayloadSize = 300_000 };

    private static CancellationToken Token => StoreHome.Token;

    [Theory]
    [MemberData(nameof(PipVersions.All), MemberType = typeof(PipVersions))]
    public async Task A_pip_that_pip_starts_for_a_build_comes_through_as_well(string? version)
    {
        await using var home = NewHome();
        new TinyWheel("helper", "1.0").WriteTo(home.Wheels);
        TinySdist.WriteTo(home.Wheels);
        home.Index.Rescan();

        var run = await home.PipOfAsync(
            version, "download", "source", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.ShouldSucceed();
        run.Served.Select(file => file.FileName)
            .ShouldBe(["source-1.0.tar.gz", "helper-1.0-py3-none-any.whl"]);
        home.Index.Log().ShouldAllBe(entry => entry.UserAgent == "docker-pipcache");
    }

    [Fact]
    public async Task Of_many_requests_for_one_file_at_once_one_pays()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);
        var url = await UrlOfAsync(client, home, "two");
        home.Index.ResetCounters();

        var bodies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.GetByteArrayAsync(url, Token)));

        bodies.ShouldAllBe(body => StoreHome.Sha(body) == StoreHome.Sha(Two.Build()));
        home.Index.Snapshot().Of(RequestKind.File).Requests.ShouldBe(1);
        relay.Serving.Served.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Of_many_requests_for_one_page_at_once_one_pays()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => UrlOfAsync(client, home, "two")));

        home.Index.Log().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_part_of_a_file_is_served_from_the_whole()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);
        var url = await UrlOfAsync(client, home, "two");
        var whole = Two.Build();

        using var middle = await GetPartAsync(client, url, new RangeHeaderValue(1000, 1999));
        using var end = await GetPartAsync(client, url, new RangeHeaderValue(null, 10));
        using var beyond = await GetPartAsync(client, url, new RangeHeaderValue(whole.Length, null));
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), Token);

        middle.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        middle.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 1000-1999/{whole.Length}");
        (await middle.Content.ReadAsByteArrayAsync(Token)).ShouldBe(whole[1000..2000]);
        (await end.Content.ReadAsByteArrayAsync(Token)).ShouldBe(whole[^10..]);
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        head.Content.Headers.ContentLength.ShouldBe(whole.Length);
        home.Index.Log().Count(entry => entry.Kind == RequestKind.File).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_the_server_refuses_is_refused_in_its_words()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);

        var url = home.Index.Url;
        using var refused = await client.GetAsync(url + "/private/packages/x/two-2.0-py3-none-any.whl", Token);
        using var missing = await client.GetAsync(url + "/packages/x/gone-2.0-py3-none-any.whl", Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        relay.Serving.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_not_what_the_page_promised_is_not_served()
    {
        await using var home = NewHome();
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File },
            Effect = new FaultEffect { FlipAt = 5 },
        });
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);

        using var answer = await client.GetAsync(await UrlOfAsync(client, home, "two"), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        relay.Serving.Failures.ShouldHaveSingleItem().Problem.Code.ShouldBe("wheelhouse-digest");
        relay.Serving.Served.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metadata_is_asked_for_once_for_all_commands()
    {
        await using var home = NewHome();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var relay = await home.StartAsync();
            using var client = NewClient(relay);
            var url = await UrlOfAsync(client, home, "one");
            (await client.GetByteArrayAsync(url + ".metadata", Token)).ShouldBe(One.Metadata());
        }

        home.Index.Log().Count(entry => entry.Kind == RequestKind.Metadata).ShouldBe(1);
    }

    [Fact]
    public async Task Metadata_that_is_not_what_the_page_promised_is_asked_for_once_more()
    {
        await using var home = NewHome();
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.Metadata },
            Effect = new FaultEffect { FlipAt = 5 },
            Times = 1,
        });
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);
        var url = await UrlOfAsync(client, home, "one");

        (await client.GetByteArrayAsync(url + ".metadata", Token)).ShouldBe(One.Metadata());
    }

    [Fact]
    public async Task A_damaged_page_is_fetched_anew()
    {
        await using var home = NewHome();
        await using (var relay = await home.StartAsync())
        {
            using var first = NewClient(relay);
            await UrlOfAsync(first, home, "two");
        }

        var path = Directory.GetFiles(Path.Combine(home.Home.Root, "pages")).ShouldHaveSingleItem();
        var kept = await File.ReadAllTextAsync(path, Token);
        await File.WriteAllTextAsync(path, kept.Replace("two", "tow", StringComparison.Ordinal), Token);
        await using var again = await home.StartAsync();
        using var client = NewClient(again);

        (await UrlOfAsync(client, home, "two")).ShouldContain(Two.FileName);
        home.Index.Log().Select(entry => entry.Status).ShouldBe([200, 200]);
    }

    [Fact]
    public async Task What_is_neither_page_nor_file_passes_through()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        using var client = NewClient(relay);

        using var answer = await client.GetAsync(home.Index.Url + "/elsewhere", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        home.Index.Log().ShouldHaveSingleItem().Target.ShouldBe("/elsewhere");
    }

    [Theory]
    [InlineData("http://index.invalid/simple/")]
    [InlineData("https://index.invalid/simple/")]
    public async Task Who_does_not_know_the_password_gets_nothing(string url)
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();
        var proxy = new WebProxy($"http://127.0.0.1:{relay.Relay.Port}")
        {
            Credentials = new NetworkCredential(relay.Key.User, "guess"),
        };
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = proxy });

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(url, Token));

        error.Message.ShouldContain("407");
    }

    [Fact]
    public async Task What_is_read_ahead_costs_nothing_more_when_pip_asks()
    {
        await using var home = NewHome();
        var ahead = new Ahead();
        home.ReadAhead = ahead;
        await using var relay = await home.StartAsync();
        var page = await relay.Serving.PrefetchPageAsync(new Uri(home.Index.SimpleUrl + "two/"), Token);
        var file = page.ShouldNotBeNull().Files.ShouldHaveSingleItem();
        (await relay.Serving.PrefetchFileAsync(file, Token)).ShouldBeTrue();
        (await relay.Serving.PrefetchMetadataAsync(file, Token)).ShouldNotBeNull().ToArray().ShouldBe(Two.Metadata());

        var run = await home.PipOnAsync(
            relay, null, "download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.ShouldSucceed();
        run.Served.Select(one => (one.FileName, one.WasDownloaded))
            .ShouldBe([(One.FileName, true), (Two.FileName, false)]);
        home.Index.Log().Select(entry => entry.Target).ShouldBeUnique();
        ahead.Pages.ShouldBe(["/simple/one/", "/simple/two/"]);
    }

    [Fact]
    public async Task Reading_ahead_what_is_not_there_is_no_failure()
    {
        await using var home = NewHome();
        await using var relay = await home.StartAsync();

        (await relay.Serving.PrefetchPageAsync(new Uri(home.Index.SimpleUrl + "three/"), Token)).ShouldBeNull();
        (await relay.Serving.PrefetchPageAsync(new Uri("http://index.invalid/three/"), Token)).ShouldBeNull();

        relay.Serving.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ending_the_relay_ends_pip_and_keeps_what_has_come()
    {
        await using var home = NewHome();
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File },
            Effect = new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 200_000 },
        });
        var arrival = new Arrival(200_000);
        home.Progress = arrival;
        var relay = await home.StartAsync();
        using var output = new LineStream();
        var pip = relay.RunPipAsync(
            new RelayCommand(
                ["sh", "-c", "echo $$; exec python3 -m pip \"$@\"", "sh",
                    "download", "two", "-d", home.At("out"), "-i", home.Index.SimpleUrl])
            {
                Set = home.Environment,
                Output = output,
            },
            Token);
        var process = await output.LineAsync(Token);
        await arrival.WaitAsync(Token);

        await relay.DisposeAsync();

        await Should.ThrowAsync<RelayEndedException>(() => pip);
        await ScriptProcess.EndOfAsync(process, Token);
        home.Index.ClearFaults();
        home.Index.ResetCounters();
        (await home.PipAsync("download", "two", "-d", home.At("out"), "-i", home.Index.SimpleUrl)).ShouldSucceed();
        home.Index.Snapshot().Of(RequestKind.File).BodyBytes.ShouldBe(Two.Build().Length - 200_000);
    }

    private static PipHome NewHome()
    {
        var home = new PipHome { Downloads = new() { Retries = 0 } };
        One.WriteTo(home.Wheels);
        Two.WriteTo(home.Wheels);
        home.Index.Rescan();
        return home;
    }

    private static HttpClient NewClient(IndexRelay relay) => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy($"http://127.0.0.1:{relay.Relay.Port}")
        {
            Credentials = new NetworkCredential(relay.Key.User, relay.Key.Password),
        },
        AllowAutoRedirect = false,
    });

    private static async Task<string> UrlOfAsync(HttpClient client, PipHome home, string project)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{home.Index.SimpleUrl}{project}/");
        request.Headers.Add("Accept", Json);
        using var answer = await client.SendAsync(request, Token);
        using var page = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return page.RootElement.GetProperty("files")[0].GetProperty("url").GetString()!;
    }

    private static async Task<HttpResponseMessage> GetPartAsync(HttpClient client, string url, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        return await client.SendAsync(request, Token);
    }

    private sealed class Ahead : IReadAhead
    {
        public List<string> Pages { get; } = [];

        public void PageArrived(ArrivedPage page) => Pages.Add(page.Url.AbsolutePath);
    }

    private sealed class Arrival(long bytes) : IProgress<DownloadProgress>
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WaitAsync(CancellationToken cancellationToken) => _arrived.Task.WaitAsync(cancellationToken);

        public void Report(DownloadProgress value)
        {
            if (value.Kept >= bytes)
            {
                _arrived.TrySetResult();
            }
        }
    }
}
