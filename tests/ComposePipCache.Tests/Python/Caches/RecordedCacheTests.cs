using System.Security.Cryptography;
using ComposePipCache.Python.Caches;
using ComposePipCache.Python.Logs;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Caches;

/// <summary>From the log of a real pip to the files in its cache.</summary>
public sealed class RecordedCacheTests
{
    // setuptools and wheel are too large to be kept here
    private static readonly string[] Kept = ["alpha-1.1-py3-none-any.whl", "srcpep-1.0.tar.gz"];

    public static TheoryData<string> Pips() => [.. Fixtures.Runs("cache").Select(run => run.Pip)];

    [Theory]
    [MemberData(nameof(Pips))]
    public async Task What_the_log_names_lies_in_the_cache(string pip)
    {
        var files = Log(pip).Files.Where(file => Kept.Contains(file.FileName)).ToList();
        files.Select(file => file.FileName).ShouldBe(Kept, ignoreOrder: true);

        foreach (var file in files)
        {
            var content = await BodyAsync(Cache(pip), file.Url!);

            byte[] zip = [(byte)'P', (byte)'K'];
            byte[] gzip = [0x1f, 0x8b];
            content[..2].ShouldBe(Path.GetExtension(file.FileName) == ".whl" ? zip : gzip);
        }
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public async Task A_built_wheel_tells_what_it_was_built_from(string pip)
    {
        var built = Log(pip).BuiltWheels.ShouldHaveSingleItem();
        var folder = Path.Combine(Cache(pip), Path.GetRelativePath("/out/cache", built.StoredIn!));

        var origin = WheelOrigin.Parse(File.ReadAllBytes(Path.Combine(folder, WheelOrigin.FileName))).ShouldNotBeNull();

        Hash(File.ReadAllBytes(Path.Combine(folder, built.FileName))).ShouldBe(built.Sha256);
        origin.Url.ShouldBe(Log(pip).Files.Single(file => file.FileName == "srcpep-1.0.tar.gz").Url);
        origin.Sha256.ShouldBe(Hash(await BodyAsync(Cache(pip), origin.Url)));
    }

    [Fact]
    public void Origins_of_all_kinds_are_read()
    {
        WheelOrigin.Parse(
            """
            {"url": "https://user:secret@git.example/x", "vcs_info": {"vcs": "git", "commit_id": "abc"},
             "subdirectory": "y"}
            """u8.ToArray())
            .ShouldBe(new WheelOrigin("https://git.example/x", null) { Commit = "abc", Subdirectory = "y" });
        WheelOrigin.Parse("""{"url":"https://a.example/x.zip","archive_info":{"hash":"sha256=AB"}}"""u8.ToArray())
            .ShouldBe(new WheelOrigin("https://a.example/x.zip", "ab"));
        WheelOrigin.Parse("""{"url":"file:///src","dir_info":{}}"""u8.ToArray())
            .ShouldBe(new WheelOrigin("file:///src", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"url\":1}")]
    [InlineData("{\"archive_info\":{}}")]
    public void Other_texts_are_no_origin(string text)
    {
        WheelOrigin.Parse(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBeNull();
    }

    private static PipLogSummary Log(string pip) =>
        PipLogReader.Read(new StringReader(Fixtures.Log("cache", "filled", pip)));

    private static string Cache(string pip) => Path.Combine(Fixtures.Folder("../PipLogs"), "cache", pip, "cache");

    private static async Task<byte[]> BodyAsync(string cache, string url)
    {
        var body = Path.Combine(cache, HttpCacheEntry.BodyPath(url));
        if (File.Exists(body))
        {
            return await File.ReadAllBytesAsync(body);
        }

        await using var entry = File.OpenRead(Path.Combine(cache, HttpCacheEntry.LegacyPath(url)));
        var length = await LegacyEntry.SeekBodyAsync(entry, TestContext.Current.CancellationToken);
        var content = new byte[length.ShouldNotBeNull()];
        await entry.ReadExactlyAsync(content);
        return content;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
