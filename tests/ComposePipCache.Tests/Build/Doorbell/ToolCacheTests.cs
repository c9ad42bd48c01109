using ComposePipCache.Build.Doorbell.Containers;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

/// <summary>A user's folder on the cache mount, with real shells.</summary>
public class ToolCacheTests
{
    private static readonly CacheFolder Root = CacheFolder.Of("public", "");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "/s/0")]
    [InlineData("root", "/s/0")]
    [InlineData("0:0", "/s/0")]
    [InlineData("app:app", "/s/app")]
    [InlineData("1000:1000", "/s/1000")]
    [InlineData("a/../b", "/s/a%2F%2E%2E%2Fb")]
    [InlineData("..", "/s/%2E%2E")]
    public void A_user_has_one_folder(string user, string selector)
    {
        CacheFolder.Of("s", user).Selector.ShouldBe(selector);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_prepared_folder_belongs_to_the_user_and_its_log_to_everybody(string shell)
    {
        await using var local = LocalContainer.Start(shell);

        (await PrepareAsync(local, "")).ShouldBe(new CacheOwner(0, 0, IsKnown: true));
        (await PrepareAsync(local, "no-such-user")).ShouldBe(new CacheOwner(0, 0, IsKnown: false));
        (await PrepareAsync(local, "12345")).ShouldBe(new CacheOwner(12345, 0, IsKnown: true));
        (await PrepareAsync(local, "12346:77")).ShouldBe(new CacheOwner(12346, 77, IsKnown: true));
        (await PrepareAsync(local, "daemon")).ShouldBe(new CacheOwner(1, 1, IsKnown: true));
        (await PrepareAsync(local, "daemon")).ShouldBe(new CacheOwner(1, 1, IsKnown: true));

        foreach (var tool in new[] { "pip", "uv", "poetry", "pipenv", "pdm", "logs" })
        {
            Directory.Exists(Path.Combine(local.CachePath, "public/daemon", tool)).ShouldBeTrue(tool);
        }

        var mode = File.GetUnixFileMode(Path.Combine(local.CachePath, "public/daemon/logs/run/pip.log"));
        (mode & UnixFileMode.OtherWrite).ShouldNotBe(UnixFileMode.None);
        (File.GetUnixFileMode(Path.Combine(local.CachePath, "public/daemon/logs")) & UnixFileMode.OtherWrite).ShouldNotBe(UnixFileMode.None);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_run_begins_with_an_empty_log(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        await PrepareAsync(local, "");
        File.WriteAllText(Path.Combine(local.CachePath, "public/0/logs/run/pip.log"), "text");

        await PrepareAsync(local, "");

        File.ReadAllText(Path.Combine(local.CachePath, "public/0/logs/run/pip.log")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Files_are_listed_copied_out_and_removed(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var body = new byte[500_000];
        new Random(1).NextBytes(body);
        await PrepareAsync(local, "");
        Write(local, "pip/http-v2/a/b/c.body", body);
        Write(local, "pip/http-v2/a/b/c", [0, 10, 0]);
        Write(local, "pip/wheels/it's odd ü.whl", [1]);
        Write(local, "pip/wheels/.hidden", []);

        var files = await local.Container.Cache.ListAsync(Root, ["pip/http", "pip/http-v2", "pip/wheels"], Cancellation);
        files.ShouldBe(
            [
                new CacheFile("pip/http-v2/a/b/c.body", body.Length),
                new CacheFile("pip/http-v2/a/b/c", 3),
                new CacheFile("pip/wheels/it's odd ü.whl", 1),
                new CacheFile("pip/wheels/.hidden", 0),
            ],
            ignoreOrder: true);
        var received = await CopyAsync(local, "pip/none", "pip/http-v2/a/b/c.body", "pip/http-v2/a/b/c", "pip/wheels/it's odd ü.whl");
        await local.Container.Cache.RemoveAsync(Root, ["pip/http-v2", "pip/wheels/it's odd ü.whl", "none/at/all"], Cancellation);

        received.Keys.ShouldBe(["pip/http-v2/a/b/c.body", "pip/http-v2/a/b/c", "pip/wheels/it's odd ü.whl"]);
        received["pip/http-v2/a/b/c.body"].AsSpan().SequenceEqual(body).ShouldBeTrue();
        received["pip/http-v2/a/b/c"].ShouldBe([0, 10, 0]);
        (await local.Container.Cache.ListAsync(Root, ["pip"], Cancellation)).ShouldBe([new CacheFile("pip/wheels/.hidden", 0)]);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_receiver_may_leave_the_rest_of_a_file(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        Write(local, "pip/a", new byte[200_000]);
        Write(local, "pip/b", [7]);
        var seen = new List<byte>();

        await local.Container.Cache.CopyOutAsync(
            Root,
            ["pip/a", "pip/b"],
            async (_, content) =>
            {
                var first = new byte[1];
                await content.ReadExactlyAsync(first, Cancellation);
                seen.AddRange(first);
            },
            Cancellation);

        seen.ShouldBe([0, 7]);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Links_that_a_step_left_lead_nowhere(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        await PrepareAsync(local, "");
        var secret = Path.Combine(local.CachePath, "other/0/pip/secret");
        Directory.CreateDirectory(Path.GetDirectoryName(secret)!);
        File.WriteAllText(secret, "secret");
        var mine = Path.Combine(local.CachePath, "public/0");
        Directory.Delete(Path.Combine(mine, "pip"));
        File.CreateSymbolicLink(Path.Combine(mine, "pip"), "../../other/0/pip");
        File.CreateSymbolicLink(Path.Combine(mine, "uv/link"), secret);
        File.Delete(Path.Combine(mine, "logs/run/pip.log"));
        File.CreateSymbolicLink(Path.Combine(mine, "logs/run/pip.log"), secret);
        File.CreateSymbolicLink(Path.Combine(mine, "logs/run/other"), secret);

        (await local.Container.Cache.ListAsync(Root, ["pip", "uv"], Cancellation)).ShouldBeEmpty();
        (await CopyAsync(local, "pip/secret", "uv/link", "logs/run/pip.log")).ShouldBeEmpty();
        await local.Container.Cache.RemoveAsync(Root, ["pip/secret", "uv/link"], Cancellation);
        await PrepareAsync(local, "12345");
        await local.Container.Cache.PrepareAsync(Root, "run", Cancellation);

        File.ReadAllText(secret).ShouldBe("secret");
        new DirectoryInfo(Path.Combine(mine, "pip")).LinkTarget.ShouldBeNull();
        new FileInfo(Path.Combine(mine, "logs/run/pip.log")).LinkTarget.ShouldBeNull();
        File.Exists(Path.Combine(mine, "uv/link")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("")]
    public async Task A_path_stays_below_the_folder(string path)
    {
        await using var local = LocalContainer.Start("/bin/sh");

        await Should.ThrowAsync<ArgumentException>(() => local.Container.Cache.RemoveAsync(Root, [path], Cancellation));
    }

    private static Task<CacheOwner> PrepareAsync(LocalContainer local, string user) =>
        local.Container.Cache.PrepareAsync(CacheFolder.Of("public", user), "run", Cancellation);

    private static void Write(LocalContainer local, string path, byte[] content)
    {
        var full = Path.Combine(local.CachePath, "public/0", path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    private static async Task<Dictionary<string, byte[]>> CopyAsync(LocalContainer local, params string[] paths)
    {
        var received = new Dictionary<string, byte[]>();
        await local.Container.Cache.CopyOutAsync(
            Root,
            paths,
            async (path, content) =>
            {
                var copy = new MemoryStream();
                await content.CopyToAsync(copy, Cancellation);
                received[path] = copy.ToArray();
            },
            Cancellation);
        return received;
    }
}
