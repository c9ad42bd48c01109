using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Tests.BuildKit.FileSync.Support;
using Google.Protobuf;
using Shouldly;
using Xunit;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.Tests.BuildKit.FileSync;

public sealed class FileReceiverTests : IDisposable
{
    private const uint Readable = 0b110_100_100;
    private const uint Folder = GoFileMode.Folder | 0b111_101_101;

    private readonly TempTree _tree = new();
    private readonly PacketPipe _pipe = new();
    private readonly SenderDouble _daemon;

    public FileReceiverTests()
    {
        _daemon = new SenderDouble(_pipe.Daemon);
        _tree.Content("outside/secret", "untouched");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Out => _tree.Full("out");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Files_folders_and_links_are_written_with_their_modes_and_times()
    {
        const uint setUser = GoFileMode.SetUser | 0b111_101_101;
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("bin", GoFileMode.Folder | 0b101_101_101, time: 1_000_000_000_000_000_001);
        await _daemon.SendAsync("bin/app", setUser, content: "app", time: 1_500_000_000_123_456_789);
        await _daemon.SendAsync("bin/link", GoFileMode.Symlink | 0b111_111_111, link: "app", time: -1);
        await _daemon.SendAsync("bin/other", setUser, link: "bin/app");
        await _daemon.SendAsync("pipe", GoFileMode.Fifo | Readable);

        (await _daemon.ServeAsync(Token)).ShouldBeNull();
        await receiving;

        var written = FileTree.Open(Out);
        Node("bin").Mode.ShouldBe(GoFileMode.Folder | 0b101_101_101);
        Node("bin").ModTime.ShouldBe(1_000_000_000_000_000_001);
        Node("bin/app").Mode.ShouldBe(setUser);
        Node("bin/app").ModTime.ShouldBe(1_500_000_000_123_456_789);
        Node("bin/link").Linkname.ToStringUtf8().ShouldBe("app");
        Node("bin/link").ModTime.ShouldBe(-1);
        Node("pipe").Mode.ShouldBe(GoFileMode.Fifo | Readable);
        written.Find("bin/other")!.Identity.ShouldNotBeNull().ShouldBe(written.Find("bin/app")!.Identity!.Value);
        File.ReadAllText(Path.Combine(Out, "bin/app")).ShouldBe("app");

        RawStat Node(string path) => written.Find(path).ShouldNotBeNull().Stat;
    }

    [Fact]
    public async Task What_is_there_already_stays_unless_its_path_is_taken()
    {
        _tree.Content("out/kept", "old").Content("out/d/kept", "old").Content("out/file", "old")
            .Content("out/was-folder/x").Link("out/was-link", "../outside");
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("d", Folder);
        await _daemon.SendAsync("d/new", Readable, content: "new");
        await _daemon.SendAsync("file", Readable, content: "new");
        await _daemon.SendAsync("was-folder", Readable, content: "new");
        await _daemon.SendAsync("was-link", Folder);
        await _daemon.SendAsync("was-link/secret", Readable, content: "new");

        (await _daemon.ServeAsync(Token)).ShouldBeNull();
        await receiving;

        Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
            .Select(full => $"{Path.GetRelativePath(Out, full)}={File.ReadAllText(full)}").Order(StringComparer.Ordinal)
            .ShouldBe(["d/kept=old", "d/new=new", "file=new", "kept=old", "was-folder=new", "was-link/secret=new"]);
        Untouched();
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside/secret")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/../../outside/secret")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\0b")]
    [InlineData("missing/folder")]
    public async Task A_hostile_path_is_refused_and_nothing_is_written(string path)
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync(path, Readable, content: "evil");

        (await _daemon.ServeAsync(Token)).ShouldNotBeNull().ShouldContain("the builder sent");
        await Should.ThrowAsync<FileTransferException>(receiving);
        Untouched();
        Directory.EnumerateFileSystemEntries(Out).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_of_the_transfer()
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("a", GoFileMode.Symlink | 0b111_111_111, link: "../outside");
        await _daemon.SendAsync("a/secret", Readable, content: "evil");

        (await _daemon.ServeAsync(Token)).ShouldNotBeNull();
        await Should.ThrowAsync<FileTransferException>(receiving);
        Untouched();
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_that_takes_the_place_of_a_folder_meanwhile()
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("a", Folder);
        await _daemon.SendAsync("a/secret", Readable, content: "evil");
        (await _pipe.Daemon.ReadAsync(Token)).ShouldNotBeNull().Type.ShouldBe(PacketType.PacketReq);
        Directory.Delete(Path.Combine(Out, "a"), recursive: true);
        _tree.Link("out/a", "../outside");
        await _pipe.Daemon.WriteAsync(
            new Packet { Type = PacketType.PacketData, ID = 1, Data = ByteString.CopyFromUtf8("evil") }, Token);
        await _pipe.Daemon.WriteAsync(new Packet { Type = PacketType.PacketData, ID = 1 }, Token);

        await Should.ThrowAsync<FileTransferException>(receiving);
        Untouched();
    }

    [Theory]
    [InlineData("../outside/secret")]
    [InlineData("/etc/passwd")]
    [InlineData("never-sent")]
    [InlineData("l")]
    public async Task A_hard_link_leads_only_to_what_was_sent_before(string target)
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("l", GoFileMode.Symlink | 0b111_111_111, link: "../outside/secret");
        await _daemon.SendAsync("x", Readable, link: target);

        (await _daemon.ServeAsync(Token)).ShouldNotBeNull();
        await Should.ThrowAsync<FileTransferException>(receiving);
        Untouched();
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("🐍", "｡")]
    public async Task A_listing_out_of_order_is_refused(string first, string second)
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync(first, Readable);
        await _daemon.SendAsync(second, Readable);

        (await Should.ThrowAsync<FileTransferException>(receiving))
            .Message.ShouldBe($"the builder sent `{second}` out of order");
    }

    [Fact]
    public async Task An_interrupted_transfer_leaves_no_half_of_a_file()
    {
        var receiving = ReceiveAsync();
        await _daemon.SendAsync("a", Readable, content: "long");
        (await _pipe.Daemon.ReadAsync(Token)).ShouldNotBeNull().Type.ShouldBe(PacketType.PacketReq);
        await _pipe.Daemon.WriteAsync(
            new Packet { Type = PacketType.PacketData, Data = ByteString.CopyFromUtf8("lo") }, Token);
        _pipe.Daemon.Close();

        await Should.ThrowAsync<FileTransferException>(receiving);
        Directory.EnumerateFileSystemEntries(Out).ShouldBeEmpty();
    }

    [Fact]
    public async Task Data_nobody_asked_for_is_refused()
    {
        var receiving = ReceiveAsync();
        await _pipe.Daemon.WriteAsync(new Packet { Type = PacketType.PacketData, ID = 9 }, Token);

        (await Should.ThrowAsync<FileTransferException>(receiving)).Message.ShouldContain("for 9");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_to_both_sides()
    {
        _tree.Content("file");

        await Should.ThrowAsync<IOException>(FileReceiver.ReceiveAsync(_pipe.Client, _tree.Full("file"), Token));
    }

    private Task ReceiveAsync() => FileReceiver.ReceiveAsync(_pipe.Client, Out, Token);

    private void Untouched()
    {
        File.ReadAllText(_tree.Full("outside/secret")).ShouldBe("untouched");
        Directory.EnumerateFileSystemEntries(_tree.Full("outside")).Count().ShouldBe(1);
    }
}
