using System.Net;

namespace ComposePipCache.TestIndex.Tests;

public class FileTests
{
    [Fact]
    public async Task A_file_has_the_fields_of_the_public_index()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync(await index.PathOfAsync(HostedIndex.Big));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(HostedIndex.BigBytes.Length);
        response.Headers.GetValues("Cache-Control").Single().ShouldBe("public, max-age=365000000, immutable");
        response.Headers.AcceptRanges.ShouldBe(["bytes"]);
        response.Headers.ETag!.IsWeak.ShouldBeFalse();
        response.Content.Headers.LastModified.ShouldNotBeNull();
        (await response.Content.ReadAsByteArrayAsync(HostedIndex.Token)).ShouldBeBytes(HostedIndex.BigBytes);
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=2999000-", 2_999_000, -1)]
    [InlineData("bytes=-7", -7, 7)]
    public async Task A_part_of_a_file_is_sent_as_such(string range, int offset, int count)
    {
        await using var index = new HostedIndex();
        var bytes = HostedIndex.BigBytes;
        offset = offset < 0 ? bytes.Length + offset : offset;
        count = count < 0 ? bytes.Length - offset : count;

        using var response = await index.GetAsync(await index.PathOfAsync(HostedIndex.Big), ("Range", range));

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange!.ToString()
            .ShouldBe($"bytes {offset}-{offset + count - 1}/{bytes.Length}");
        (await response.Content.ReadAsByteArrayAsync(HostedIndex.Token)).ShouldBeBytes(bytes[offset..(offset + count)]);
    }

    [Fact]
    public async Task Several_ranges_are_answered_with_the_whole()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync(
            await index.PathOfAsync(HostedIndex.Big), ("Range", "bytes=0-9,20-29"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(HostedIndex.BigBytes.Length);
    }

    [Fact]
    public async Task A_range_behind_the_end_is_416_and_tells_the_length()
    {
        await using var index = new HostedIndex();

        using var response = await index.GetAsync(
            await index.PathOfAsync(HostedIndex.Big), ("Range", "bytes=99999999-"));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        response.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes */{HostedIndex.BigBytes.Length}");
    }

    [Fact]
    public async Task A_range_counts_only_for_the_version_that_if_range_names()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        using var known = await index.GetAsync(path);
        var tag = known.Headers.ETag!.ToString();
        var modified = known.Content.Headers.LastModified!.Value.ToString("R");

        async Task<HttpStatusCode> StatusFor(string condition)
        {
            using var response = await index.GetAsync(path, ("Range", "bytes=5-"), ("If-Range", condition));
            return response.StatusCode;
        }

        (await StatusFor(tag)).ShouldBe(HttpStatusCode.PartialContent);
        (await StatusFor(modified)).ShouldBe(HttpStatusCode.PartialContent);
        (await StatusFor("\"other\"")).ShouldBe(HttpStatusCode.OK);
        (await StatusFor($"W/{tag}")).ShouldBe(HttpStatusCode.OK);
        (await StatusFor("Mon, 01 Jan 2001 00:00:00 GMT")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_known_file_is_not_sent_again()
    {
        await using var index = new HostedIndex();
        var path = await index.PathOfAsync(HostedIndex.Big);
        using var known = await index.GetAsync(path, ("Range", "bytes=0-0"));

        using var response = await index.GetAsync(path, ("If-None-Match", known.Headers.ETag!.ToString()));

        response.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/simple/alpha/")]
    [InlineData("file")]
    public async Task HEAD_tells_the_length_and_sends_no_body(string path)
    {
        await using var index = new HostedIndex();
        path = path == "file" ? await index.PathOfAsync(HostedIndex.Big) : path;
        var length = (await index.Client.GetByteArrayAsync(path, HostedIndex.Token)).Length;
        index.Server.ResetCounters();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await index.Client.SendAsync(request, HostedIndex.Token);

        response.Content.Headers.ContentLength.ShouldBe(length);
        index.Server.Snapshot().Total.ShouldBe(new Tally { Requests = 1, Complete = 1 });
    }

    [Fact]
    public async Task Only_GET_and_HEAD_are_allowed()
    {
        await using var index = new HostedIndex();

        using var response = await index.Client.DeleteAsync("/simple/alpha/", HostedIndex.Token);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_generated_release_has_the_bytes_that_its_page_announces()
    {
        await using var index = new HostedIndex(options => options with { Histories = [new("old", 3)] });
        var wheel = new Catalog.TinyWheel("old", "0.0.2") { RequiresPython = ">=3.5" };

        var bytes = await index.Client.GetByteArrayAsync(await index.PathOfAsync(wheel), HostedIndex.Token);

        bytes.ShouldBeBytes(wheel.Build());
    }
}
