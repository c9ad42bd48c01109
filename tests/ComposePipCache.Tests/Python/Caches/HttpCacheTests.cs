using System.Text;
using ComposePipCache.Python.Caches;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Caches;

public sealed class HttpCacheTests
{
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void Sha224_gives_the_standards_values(string text, string hash) =>
        Sha224.Hex(Encoding.ASCII.GetBytes(text)).ShouldBe(hash);

    [Fact]
    public void An_address_is_found_whatever_its_fragment_and_the_case_of_its_host() =>
        HttpCacheEntry.BodyPath("HTTP://Index.Test:8080/p/A-1.whl#sha256=00")
            .ShouldBe(HttpCacheEntry.BodyPath("http://index.test:8080/p/A-1.whl"));

    [Fact]
    public async Task The_body_of_an_old_entry_is_found()
    {
        byte[] entry = [.. "cc=4,"u8, 0x82, 0xa8, .. "response"u8, 0x86, 0xa4, .. "body"u8, 0xc4, 3, 1, 2, 3, 0xa7];
        using var stream = new MemoryStream(entry);

        var length = await LegacyEntry.SeekBodyAsync(stream, TestContext.Current.CancellationToken);

        length.ShouldBe(3);
        stream.ReadByte().ShouldBe(1);
    }

    [Theory]
    [InlineData("cc=2,xxxx")]
    [InlineData("cc=4,")]
    [InlineData("")]
    [InlineData("PK")]
    public async Task Another_format_is_no_entry(string text)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));

        (await LegacyEntry.SeekBodyAsync(stream, TestContext.Current.CancellationToken)).ShouldBeNull();
    }
}
