using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace ComposePipCache.TestIndex.Tests;

public class PageTests
{
    private const string Json = "application/vnd.pypi.simple.v1+json";

    [Fact]
    public async Task A_json_page_tells_all_about_each_file()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync("/simple/alpha/", ("Accept", Json));
        using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(HostedIndex.Token));

        response.Content.Headers.ContentType!.ToString().ShouldBe(Json);
        page.RootElement.GetProperty("meta").GetProperty("api-version").GetString().ShouldBe("1.1");
        page.RootElement.GetProperty("name").GetString().ShouldBe("alpha");
        page.RootElement.GetProperty("versions").EnumerateArray().Select(version => version.GetString())
            .ShouldBe(["1.0", "2.0"]);
        var file = page.RootElement.GetProperty("files")[0];
        var bytes = HostedIndex.Alpha.Build();
        file.GetProperty("filename").GetString().ShouldBe(HostedIndex.Alpha.FileName);
        file.GetProperty("hashes").GetProperty("sha256").GetString().ShouldBe(Sha256(bytes));
        file.GetProperty("size").GetInt64().ShouldBe(bytes.Length);
        file.GetProperty("requires-python").GetString().ShouldBe(">=3.8");
        file.GetProperty("yanked").GetBoolean().ShouldBeFalse();
        file.GetProperty("upload-time").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        foreach (var name in new[] { "core-metadata", "data-dist-info-metadata" })
        {
            file.GetProperty(name).GetProperty("sha256").GetString().ShouldBe(Sha256(HostedIndex.Alpha.Metadata()));
        }

        var url = file.GetProperty("url").GetString()!;
        url.ShouldStartWith($"{index.Server.Url}/packages/");
        (await index.Client.GetByteArrayAsync(url, HostedIndex.Token)).ShouldBeBytes(bytes);
        (await index.Client.GetByteArrayAsync(url + ".metadata", HostedIndex.Token))
            .ShouldBeBytes(HostedIndex.Alpha.Metadata());
    }

    [Fact]
    public async Task An_html_page_carries_hash_python_and_metadata()
    {
        await using var index = new HostedIndex();

        var page = await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);

        page.ShouldContain("<meta name=\"pypi:repository-version\" content=\"1.1\">");
        page.ShouldContain($"{HostedIndex.Alpha.FileName}#sha256={Sha256(HostedIndex.Alpha.Build())}\"");
        page.ShouldContain(" data-requires-python=\"&gt;=3.8\"");
        page.ShouldContain($" data-core-metadata=\"sha256={Sha256(HostedIndex.Alpha.Metadata())}\"");
        page.ShouldContain($" data-dist-info-metadata=\"sha256={Sha256(HostedIndex.Alpha.Metadata())}\"");
        page.ShouldNotContain("data-yanked");
    }

    [Fact]
    public async Task A_page_has_the_cache_fields_of_the_public_index()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync("/simple/alpha/");

        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=600");
        response.Headers.Vary.ShouldBe(["Accept", "Accept-Encoding"]);
        response.Headers.GetValues("X-PyPI-Last-Serial").Single().ShouldBe("30000002");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=UTF-8");
        response.Headers.Date.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_known_page_is_not_sent_again()
    {
        await using var index = new HostedIndex();
        using var first = await index.GetAsync("/simple/alpha/", ("Accept", Json));
        await first.Content.ReadAsByteArrayAsync(HostedIndex.Token);
        var tag = first.Headers.ETag!.ToString();

        using var same = await index.GetAsync("/simple/alpha/", ("Accept", Json), ("If-None-Match", tag));
        using var weak = await index.GetAsync("/simple/alpha/", ("Accept", Json), ("If-None-Match", $"W/{tag}"));
        using var html = await index.GetAsync("/simple/alpha/", ("If-None-Match", tag));

        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        same.Headers.ETag!.ToString().ShouldBe(tag);
        weak.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        html.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_is_gzipped_for_who_takes_it()
    {
        await using var index = new HostedIndex();
        using var client = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });

        using var response = await index.GetAsync("/simple/alpha/", ("Accept-Encoding", "gzip"));
        var unzipped = await client.GetStringAsync(index.Server.SimpleUrl + "alpha/", HostedIndex.Token);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        unzipped.ShouldBe(await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token));
    }

    [Theory]
    [InlineData("/simple/Big_One/", "/simple/big-one/")]
    [InlineData("/simple/big-one", "/simple/big-one/")]
    [InlineData("/simple/big.one?format=text/html", "/simple/big-one/?format=text/html")]
    [InlineData("/simple", "/simple/")]
    public async Task An_odd_spelling_is_redirected(string path, string location)
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        response.Headers.Location!.ToString().ShouldBe(location);
    }

    [Theory]
    [InlineData("/simple/absent/")]
    [InlineData("/packages/aa/bb/cc/alpha-1.0-py3-none-any.whl")]
    [InlineData("/elsewhere")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_names_each_project_once_in_both_forms()
    {
        await using var index = new HostedIndex();

        var html = await index.Client.GetStringAsync("/simple/", HostedIndex.Token);
        var json = await index.Client.GetStringAsync(
            $"/simple/?format={Uri.EscapeDataString(Json)}", HostedIndex.Token);

        html.ShouldContain("<a href=\"/simple/alpha/\">alpha</a>\n    <a href=\"/simple/big-one/\">big-one</a>\n");
        json.ShouldContain("\"projects\":[{\"name\":\"alpha\"},{\"name\":\"big-one\"}]");
    }

    [Fact]
    public async Task The_devpi_like_index_has_relative_links_and_html_alone()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync("/devpi/simple/alpha/", ("Accept", Json));
        var page = await response.Content.ReadAsStringAsync(HostedIndex.Token);
        var path = await index.PathOfAsync(HostedIndex.Alpha, "/devpi/simple/");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.ShouldContain("<a href=\"../../+f/");
        page.ShouldNotContain("metadata");
        path.ShouldStartWith("/devpi/+f/");
        (await index.Client.GetByteArrayAsync(path, HostedIndex.Token)).ShouldBeBytes(HostedIndex.Alpha.Build());
        using var metadata = await index.GetAsync(path + ".metadata");
        metadata.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_private_index_wants_its_credentials_for_pages_and_files()
    {
        await using var index = new HostedIndex(options => options with { PrivateCredentials = "ann:se:cret" });
        var credentials = "Basic " + Convert.ToBase64String("ann:se:cret"u8);

        using var refused = await index.GetAsync("/private/simple/alpha/");
        using var wrong = await index.GetAsync("/private/simple/alpha/", ("Authorization", "Basic YTpi"));
        using var page = await index.GetAsync("/private/simple/alpha/", ("Authorization", credentials));
        var text = await page.Content.ReadAsStringAsync(HostedIndex.Token);
        var path = text[text.IndexOf("/private/packages/", StringComparison.Ordinal)..text.IndexOf('#')];
        using var file = await index.GetAsync(path);
        using var allowed = await index.GetAsync(path, ("Authorization", credentials));

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_hashless_index_tells_no_hash()
    {
        await using var index = new HostedIndex();

        var html = await index.Client.GetStringAsync("/nohash/simple/alpha/", HostedIndex.Token);
        var json = await index.Client.GetStringAsync(
            $"/nohash/simple/alpha/?format={Uri.EscapeDataString(Json)}", HostedIndex.Token);

        html.ShouldNotContain("sha256");
        json.ShouldContain("\"hashes\":{}");
        json.ShouldNotContain("sha256");
    }

    [Fact]
    public async Task Yanking_and_new_files_show_after_a_rescan()
    {
        await using var index = new HostedIndex();
        var wheel = Path.Combine(index.Folder, HostedIndex.Alpha.FileName);

        await File.WriteAllTextAsync(wheel + ".yanked", "bad \"build\"", HostedIndex.Token);
        (HostedIndex.Alpha with { Version = "3.0" }).WriteTo(index.Folder);
        var before = await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);
        index.Server.Rescan();
        var after = await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);
        using var json = await index.GetAsync("/simple/alpha/", ("Accept", Json));

        before.ShouldNotContain("alpha-3.0");
        before.ShouldNotContain("data-yanked");
        after.ShouldContain("alpha-3.0");
        after.ShouldContain("data-yanked=\"bad &quot;build&quot;\"");
        (await json.Content.ReadAsStringAsync(HostedIndex.Token)).ShouldContain("\"yanked\":\"bad \\\"build\\\"\"");
    }

    [Fact]
    public async Task Links_can_name_another_host()
    {
        await using var index = new HostedIndex(options => options with { FilesUrl = "http://files.index" });

        var page = await index.Client.GetStringAsync("/simple/alpha/", HostedIndex.Token);

        page.ShouldContain("href=\"http://files.index/packages/");
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
