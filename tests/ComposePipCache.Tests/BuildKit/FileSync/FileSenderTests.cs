using System.Net.Sockets;
using System.Text;
using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using ComposePipCache.BuildKit.Session.FileSync.Sending;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Tests.BuildKit.FileSync.Support;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using static ComposePipCache.Protocol.Fsutil.Packet.Types;

namespace ComposePipCache.Tests.BuildKit.FileSync;

public sealed class FileSenderTests : IDisposable
{
    private readonly TempTree _tree = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Names_modes_times_and_content_arrive()
    {
        _tree.Folder("src", 0b111_000_000).Content("src/app.py", "print()", 0b111_101_000).Content("empty");
        var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7);
        File.SetLastWriteTimeUtc(_tree.Full("src/app.py"), time);

        var received = await Transfers.SendAsync(_tree, Token);

        received.Text.ShouldBe("empty\nsrc/\nsrc/app.py");
        received["src"].Mode.ShouldBe(GoFileMode.Folder | 0b111_000_000);
        received["src"].Size.ShouldBe(0);
        received["src/app.py"].Mode.ShouldBe(0b111_101_000u);
        received["src/app.py"].Size.ShouldBe(7);
        received["src/app.py"].ModTime.ShouldBe(1_577_934_245_000_000_700);
        received.Content("src/app.py").ShouldBe("print()");
        received.Contents["empty"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Owners_are_not_sent() =>
        (await Transfers.SendAsync(_tree.Content("a"), Token)).Stats
            .ShouldAllBe(stat => stat.Uid == 0 && stat.Gid == 0);

    [Fact]
    public async Task Siblings_go_by_the_bytes_of_their_names()
    {
        // U+FF61 sorts below U+1F40D in bytes, above it in UTF-16.
        _tree.Content("foo/x").Content("foo-x").Content("foo.x").Content("｡").Content("🐍").Content("é").Content("Z");

        (await Transfers.SendAsync(_tree, Token)).Text.ShouldBe("Z\nfoo/\nfoo/x\nfoo-x\nfoo.x\né\n｡\n🐍");
    }

    [Fact]
    public async Task Links_keep_their_targets_and_hard_links_name_the_first_path()
    {
        _tree.Content("b/data", "x").HardLink("a", "b/data").HardLink("c", "a").Link("b/link", "../nowhere");

        var received = await Transfers.SendAsync(_tree, Token);

        received.Text.ShouldBe("a\nb/\nb/data = a\nb/link -> ../nowhere\nc = a");
        received["c"].Size.ShouldBe(1);
        received.Contents.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task The_first_hard_link_that_is_sent_carries_the_content()
    {
        _tree.Content("a", "x").HardLink("b", "a").HardLink("c", "a");
        var request = Transfers.Everything with { ExcludePatterns = ["a"] };

        var received = await Transfers.SendAsync(Transfers.Source(_tree), request, _ => true, Token);

        received.Text.ShouldBe("b\nc = b");
        received.Content("b").ShouldBe("x");
    }

    [Fact]
    public async Task An_unchanged_directory_sends_no_content()
    {
        var source = Transfers.Source(_tree.Content("a", "1").Content("d/b", "2"));

        await Transfers.SendAsync(source, Transfers.Everything, _ => false, Token);

        (source.Transfers.Entries, source.Transfers.Files, source.Transfers.Bytes).ShouldBe((3, 0, 0));
    }

    [Fact]
    public async Task What_goes_over_the_wire_is_counted()
    {
        var source = Transfers.Source(_tree.Content("a", "12").Content("d/b", "345"));

        await Transfers.SendAsync(source, Transfers.Everything, stat => stat.Size == 3, Token);

        (source.Transfers.Entries, source.Transfers.Files, source.Transfers.Bytes).ShouldBe((3, 1, 3));
    }

    [Fact]
    public async Task Many_large_files_arrive_whole_when_their_pieces_interleave()
    {
        var random = new Random(1);
        var contents = Enumerable.Range(0, 12)
            .ToDictionary(index => $"f{index:00}", _ => new byte[random.Next(1_000_000)]);
        foreach (var (name, bytes) in contents)
        {
            random.NextBytes(bytes);
            _tree.Bytes(name, bytes);
        }

        var received = await Transfers.SendAsync(_tree, Token);

        foreach (var (name, bytes) in contents)
        {
            received.Contents[name].AsSpan().SequenceEqual(bytes).ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_utf8_arrives_as_it_is()
    {
        _tree.Raw([(byte)'c', 0xE9], "latin");

        var received = await Transfers.SendAsync(_tree, Token);

        received.Stats.Single().Path.ToByteArray().ShouldBe([(byte)'c', 0xE9]);
        Encoding.UTF8.GetString(received.Contents.Values.Single()).ShouldBe("latin");
    }

    [Fact]
    public async Task A_pipe_is_described_and_a_socket_becomes_an_empty_file()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_tree.Full("s")));
        _tree.Fifo("p");

        var received = await Transfers.SendAsync(_tree, Token);

        received["p"].Mode.ShouldBe(GoFileMode.Fifo | 0b110_000_000);
        GoFileMode.IsFile(received["s"].Mode).ShouldBeTrue();
        received.Contents.Keys.ShouldBe(["s"]);
        received.Contents["s"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Extended_attributes_are_sent()
    {
        var value = new byte[2000];
        value[^1] = 7;
        _tree.Content("a");
        var isKept = _tree.TrySetAttribute("a", "user.big", value);
        Assert.SkipUnless(isKept, "the file system keeps no extended attributes");

        var received = await Transfers.SendAsync(_tree, Token);

        received["a"].Xattrs["user.big"].ToByteArray().ShouldBe(value);
    }

    [Fact]
    public async Task A_file_that_vanished_before_it_was_asked_for_ends_the_transfer_by_name()
    {
        _tree.Content("d/gone", "x").Content("kept", "y");
        bool Vanish(RawStat stat)
        {
            File.Delete(_tree.Full("d/gone"));
            return true;
        }

        var pipe = new PacketPipe();
        var receiving = new DaemonDouble(pipe.Daemon) { Wants = Vanish }.ReceiveAsync(Token);
        var sending = FileSender.SendAsync(pipe.Client, Transfers.Source(_tree), Transfers.Everything, Token);

        (await Should.ThrowAsync<FileTreeException>(sending))
            .Message.ShouldBe("cannot read `d/gone`: it vanished during the transfer");
        (await Should.ThrowAsync<InvalidDataException>(receiving))
            .Message.ShouldBe("PacketErr: cannot read `d/gone`: it vanished during the transfer");
    }

    [Fact]
    public async Task A_malformed_pattern_is_told_to_both_sides()
    {
        var pipe = new PacketPipe();
        var request = Transfers.Everything with { ExcludePatterns = ["a["] };
        var sending = FileSender.SendAsync(pipe.Client, Transfers.Source(_tree), request, Token);

        (await Should.ThrowAsync<PatternException>(sending)).Message.ShouldBe("syntax error in pattern `a[`");
        var told = (await pipe.Daemon.ReadAsync(Token)).ShouldNotBeNull();
        told.Type.ShouldBe(PacketType.PacketErr);
        told.Data.ToStringUtf8().ShouldBe("syntax error in pattern `a[`");
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_that_names_it()
    {
        var source = Transfers.Source(_tree) with { Path = _tree.Full("nope") };

        var sending = FileSender.SendAsync(new PacketPipe().Client, source, Transfers.Everything, Token);

        (await Should.ThrowAsync<FileTreeException>(sending)).Message.ShouldEndWith("nope`: no such folder");
    }

    [Fact]
    public async Task What_the_daemon_says_when_it_stops_is_passed_on()
    {
        var pipe = new PacketPipe();
        var sending = FileSender.SendAsync(pipe.Client, Transfers.Source(_tree), Transfers.Everything, Token);
        await pipe.Daemon.WriteAsync(
            new Packet { Type = PacketType.PacketErr, Data = ByteString.CopyFromUtf8("disk full") }, Token);

        (await Should.ThrowAsync<FileTransferException>(sending))
            .Message.ShouldBe("the builder stopped the transfer: disk full");
    }

    [Fact]
    public async Task A_daemon_that_leaves_early_is_an_error()
    {
        var pipe = new PacketPipe();
        pipe.Daemon.Close();

        await Should.ThrowAsync<FileTransferException>(
            FileSender.SendAsync(pipe.Client, Transfers.Source(_tree), Transfers.Everything, Token));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0u)]
    public async Task A_request_for_what_is_not_on_offer_is_refused(uint id)
    {
        var pipe = new PacketPipe();
        var source = Transfers.Source(_tree.Folder("d"));
        var sending = FileSender.SendAsync(pipe.Client, source, Transfers.Everything, Token);
        await pipe.Daemon.ReadAsync(Token);
        await pipe.Daemon.WriteAsync(new Packet { Type = PacketType.PacketReq, ID = id }, Token);

        (await Should.ThrowAsync<FileTransferException>(sending)).Message.ShouldContain($"file {id}");
    }

    [Fact]
    public async Task A_file_can_be_asked_for_once()
    {
        var pipe = new PacketPipe();
        var source = Transfers.Source(_tree.Content("a"));
        var sending = FileSender.SendAsync(pipe.Client, source, Transfers.Everything, Token);
        await pipe.Daemon.ReadAsync(Token);
        await pipe.Daemon.WriteAsync(new Packet { Type = PacketType.PacketReq }, Token);
        await pipe.Daemon.WriteAsync(new Packet { Type = PacketType.PacketReq }, Token);

        await Should.ThrowAsync<FileTransferException>(sending);
    }

    [Fact]
    public async Task A_daemon_that_does_not_read_holds_up_a_failed_transfer_for_a_moment_only()
    {
        var clock = new FakeTimeProvider();
        var channel = new DeafChannel();
        var request = Transfers.Everything with { ExcludePatterns = ["a["] };
        using var transfer = new OutgoingTransfer(channel, Transfers.Source(_tree), request, clock);
        var sending = transfer.RunAsync(Token);
        await channel.Writing.WaitAsync(Token);

        clock.Advance(OutgoingTransfer.Farewell);

        await Should.ThrowAsync<PatternException>(sending);
    }

    [Fact]
    public async Task Cancelling_ends_a_transfer_nobody_reads()
    {
        for (var index = 0; index < 100; index++)
        {
            _tree.Content($"f{index}");
        }

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sending = FileSender.SendAsync(
            new PacketPipe().Client, Transfers.Source(_tree), Transfers.Everything, cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    private sealed class DeafChannel : IPacketChannel
    {
        private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Writing => _writing.Task;

        public async ValueTask<Packet?> ReadAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        }

        public async ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken)
        {
            _writing.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }
}
