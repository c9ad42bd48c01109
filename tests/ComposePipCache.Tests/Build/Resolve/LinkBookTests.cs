using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.Python.Index;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class LinkBookTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("https://x.test/a/torch-2.0%2Bcpu-py3-none-any.whl")]
    [InlineData("https://x.test/a/torch-2.0+cpu-py3-none-any.whl")]
    [InlineData("https://x.test:443/%61/torch-2.0%2bcpu-py3-none-any.whl")]
    [InlineData("https://user:word@x.test/a/torch-2.0+cpu-py3-none-any.whl#sha256=0")]
    public void A_file_is_known_by_any_spelling_of_its_address(string asked)
    {
        var links = BookOf("https://x.test/a/torch-2.0+cpu-py3-none-any.whl", Digest);

        links.Find(new Uri(asked)).ShouldNotBeNull().Sha256.ShouldBe(Digest);
        links.FindByMetadata(new Uri(asked.Split('#')[0] + ".metadata")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("http://x.test/a/one-1.0-py3-none-any.whl")]
    [InlineData("https://x.test/b/one-1.0-py3-none-any.whl")]
    [InlineData("https://x.test/a/one-1.0-py3-none-any.whl?other")]
    [InlineData("https://x.test:444/a/one-1.0-py3-none-any.whl")]
    public void Another_address_is_another_file(string asked)
    {
        BookOf("https://x.test/a/one-1.0-py3-none-any.whl", Digest).Find(new Uri(asked)).ShouldBeNull();
    }

    [Fact]
    public void A_page_without_digests_takes_none_away()
    {
        const string Url = "https://x.test/a/one-1.0-py3-none-any.whl";
        var links = BookOf(Url, Digest);

        links.Add([new IndexFile { FileName = "one-1.0-py3-none-any.whl", Url = new Uri(Url) }]);

        links.Sha256Of(new Uri(Url)).ShouldBe(Digest);
    }

    private static LinkBook BookOf(string url, string sha256)
    {
        var links = new LinkBook();
        var uri = new Uri(url);
        links.Add([new IndexFile { FileName = uri.Segments[^1], Url = uri, Sha256 = sha256 }]);
        return links;
    }
}
