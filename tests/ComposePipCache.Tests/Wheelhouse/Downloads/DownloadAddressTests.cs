using ComposePipCache.TestIndex;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

public class DownloadAddressTests
{
    [Fact]
    public async Task A_redirect_is_followed()
    {
        await using var home = await DownloadHome.StartAsync();
        Redirect(home, home.Url.AbsolutePath, times: 5);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Count.ShouldBe(6);
    }

    [Fact]
    public async Task But_not_without_end()
    {
        await using var home = await DownloadHome.StartAsync();
        Redirect(home, home.Url.AbsoluteUri, times: null);

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Kind.ShouldBe(DownloadFailureKind.BadRedirect);
        home.Log.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "the server redirects to a file: address")]
    [InlineData("ftp://example.org/x", "the server redirects to a ftp: address")]
    [InlineData("", "the server redirects to nowhere")]
    public async Task A_redirect_leads_to_web_servers_only(string target, string why)
    {
        await using var home = await DownloadHome.StartAsync();
        Redirect(home, target, times: null);

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Problem.Why.ShouldBe(why);
        home.Log.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/x")]
    public async Task So_do_addresses(string url)
    {
        await using var home = await DownloadHome.StartAsync();

        var error = await Should.ThrowAsync<WheelhouseException>(
            () => home.FetchAsync(home.Request with { Url = new Uri(url) }));

        error.Problem.Code.ShouldBe("download-address");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Credentials_go_to_their_server(bool areInTheAddress)
    {
        await using var home = await DownloadHome.StartAsync();

        home.ShouldHold(await home.FetchAsync(WithCredentials(home, Private(home.Url), "password", areInTheAddress)));
    }

    [Fact]
    public async Task Credentials_do_not_go_where_it_redirects_to()
    {
        await using var home = await DownloadHome.StartAsync();
        await using var other = await DownloadHome.StartAsync();
        Redirect(home, Private(other.Url).AbsoluteUri, times: 1);

        var error = await Should.ThrowAsync<DownloadException>(
            () => home.FetchAsync(WithCredentials(home, home.Url, "password", areInTheAddress: false)));

        error.Status.ShouldBe(401);
        other.Log.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_failure_shows_a_password(bool areInTheAddress)
    {
        await using var home = await DownloadHome.StartAsync();
        var request = WithCredentials(home, Private(home.Url), "sesame", areInTheAddress);
        var query = new UriBuilder(request.Url) { Query = "token=sesame" }.Uri;

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync(request with { Url = query }));

        error.Status.ShouldBe(401);
        $"{error} {error.Problem} {request}".ShouldNotContain("sesame");
        foreach (var file in home.Files())
        {
            (await File.ReadAllTextAsync(Path.Combine(home.Root, file), DownloadHome.Token)).ShouldNotContain("sesame");
        }
    }

    [Fact]
    public async Task A_part_does_not_tell_how_to_fetch_it()
    {
        await using var home = await DownloadHome.StartAsync();
        var request = WithCredentials(home, Private(home.Url), "password", areInTheAddress: true);
        home.Fault(new FaultEffect { Cut = Cut.Close, CutAfterBytes = 1_000_000 });
        var impatient = home.Downloader(new DownloadOptions { Retries = 0, StallTimeout = TimeSpan.FromHours(1) });
        var query = new UriBuilder(request.Url) { Query = "token=sesame" }.Uri;

        await Should.ThrowAsync<DownloadException>(
            () => impatient.FetchAsync(request with { Url = query }, DownloadHome.Token));

        var text = await File.ReadAllTextAsync(home.Parts("*.json").Single(), DownloadHome.Token);
        text.ShouldContain(home.Url.Authority);
        text.ShouldNotContain("password");
        text.ShouldNotContain("sesame");
    }

    [Fact]
    public async Task A_name_that_cannot_be_kept_is_not_asked_for()
    {
        await using var home = await DownloadHome.StartAsync();

        await Should.ThrowAsync<WheelhouseException>(
            () => home.FetchAsync(home.Request with { FileName = "../evil.whl" }));

        home.Log.ShouldBeEmpty();
    }

    private static void Redirect(DownloadHome home, string target, int? times) => home.Fault(
        new FaultEffect
        {
            Status = 302,
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = target },
        },
        times: times);

    private static Uri Private(Uri url) => new(url, "/private" + url.AbsolutePath);

    private static DownloadRequest WithCredentials(DownloadHome home, Uri url, string password, bool areInTheAddress) =>
        areInTheAddress
            ? home.Request with { Url = new UriBuilder(url) { UserName = "user", Password = password }.Uri }
            : home.Request with { Url = url, Credentials = new DownloadCredentials("user", password) };
}
