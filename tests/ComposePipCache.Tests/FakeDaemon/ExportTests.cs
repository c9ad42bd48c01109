using System.Text;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon.Sessions;
using ComposePipCache.Protocol.FileTransfer;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Protocol.Healthchecks;
using Google.Protobuf;
using Grpc.Core;
using Shouldly;
using Xunit;
using PacketType = ComposePipCache.Protocol.Fsutil.Packet.Types.PacketType;

namespace ComposePipCache.Tests.FakeDaemon;

public sealed class ExportTests : IDisposable
{
    private const uint Symlink = 1u << 27;
    private const uint Folder = 1u << 31;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("export");

    private string Target => Path.Combine(_root.FullName, "target");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_file_is_written_and_closed_before_the_engine_hears_of_it()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var file = new ClosedStream();
        await using var lease = await AttachAsync(harness, new Sink { File = file });
        using var push = harness.Engine.Sessions[0].PushFile(harness.Token);

        await push.RequestStream.WriteAsync(new BytesMessage { Data = ByteString.CopyFromUtf8("tar") }, harness.Token);
        await push.RequestStream.WriteAsync(new BytesMessage { Data = ByteString.CopyFromUtf8("ball") }, harness.Token);
        await push.RequestStream.CompleteAsync();

        (await push.ResponseStream.MoveNext(harness.Token)).ShouldBeFalse();
        file.Closed.IsCompleted.ShouldBeTrue();
        (await file.Closed).ShouldBe("tarball");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_file_that_cannot_be_written_says_why()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await AttachAsync(harness, new Sink { File = new FullDisk() });
        var session = harness.Engine.Sessions[0];
        using var push = session.PushFile(harness.Token);
        await push.RequestStream.WriteAsync(new BytesMessage { Data = ByteString.CopyFromUtf8("tar") }, harness.Token);

        (await Should.ThrowAsync<RpcException>(() => push.ResponseStream.MoveNext(harness.Token)))
            .Status.Detail.ShouldBe("disk full");
        await ShouldBeHealthyAsync(session, harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_export_nobody_asked_for_is_refused()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);
        var session = harness.Engine.Sessions[0];
        using var push = session.PushFile(harness.Token);

        var refusal = await Should.ThrowAsync<RpcException>(() => push.ResponseStream.MoveNext(harness.Token));

        refusal.Status.ShouldBe(new Status(StatusCode.Unimplemented, "this build exports nothing to the client"));
        await ShouldBeHealthyAsync(session, harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_message_of_more_than_16_MiB_is_refused()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var file = new ClosedStream();
        await using var lease = await AttachAsync(harness, new Sink { File = file });
        using var push = harness.Engine.Sessions[0].PushFile(harness.Token);
        var tooMuch = new BytesMessage { Data = ByteString.CopyFrom(new byte[17 * 1024 * 1024]) };

        // The refusal comes before the message is through. .NET's client tells either that or that it was cut off, and
        // may send on after it gave up, for which the server closes the connection; Go's client does neither.
        await push.RequestStream.WriteAsync(tooMuch, harness.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await Should.ThrowAsync<RpcException>(() => push.ResponseStream.MoveNext(harness.Token));
        (await file.Closed.WaitAsync(harness.Token)).ShouldBe("");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_folder_is_written_as_it_is_sent()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await AttachAsync(harness, new Sink { FolderPath = Target });
        using var push = harness.Engine.Sessions[0].PushFolder(harness.Token);

        await SendAsync(push, Entry("wheels", Folder | 0x1ED), Entry("wheels/a.whl", 0x1A4, size: 7));
        (await ReadAsync(push)).ShouldBe((PacketType.PacketReq, 1u, ""));
        await SendAsync(push, Data(1, "content"), Data(1, ""));
        (await ReadAsync(push)).Type.ShouldBe(PacketType.PacketFin);
        await SendAsync(push, new Packet { Type = PacketType.PacketFin });

        (await push.ResponseStream.MoveNext(harness.Token)).ShouldBeFalse();
        (await File.ReadAllTextAsync(Path.Combine(Target, "wheels", "a.whl"), harness.Token)).ShouldBe("content");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("../escaped")]
    [InlineData("..")]
    [InlineData("a/../../escaped")]
    [InlineData("/escaped")]
    [InlineData("./escaped")]
    [InlineData("a//escaped")]
    [InlineData("escaped\0")]
    [InlineData("")]
    public async Task A_path_out_of_the_folder_is_refused(string path)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await AttachAsync(harness, new Sink { FolderPath = Target });
        var session = harness.Engine.Sessions[0];
        using var push = session.PushFolder(harness.Token);

        await TrySendAsync(push, Entry(path, 0x1A4, size: 7), Data(0, "content"), Data(0, ""));

        await ShouldBeRefusedAsync(push, "cannot be written below the folder");
        _root.GetFileSystemInfos("escaped", SearchOption.AllDirectories).ShouldBeEmpty();
        await ShouldBeHealthyAsync(session, harness);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_written_through_a_link(bool isAbsolute)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var outside = _root.CreateSubdirectory("outside");
        await using var lease = await AttachAsync(harness, new Sink { FolderPath = Target });
        using var push = harness.Engine.Sessions[0].PushFolder(harness.Token);
        var link = Entry("link", Symlink | 0x1FF);
        link.Stat.Linkname = ByteString.CopyFromUtf8(isAbsolute ? outside.FullName : "../outside");

        await TrySendAsync(push, link, Entry("link/escaped", 0x1A4, size: 7), Data(1, "content"), Data(1, ""));

        await ShouldBeRefusedAsync(push, "link/escaped");
        outside.GetFileSystemInfos().ShouldBeEmpty();
    }

    private static Task<SessionLease> AttachAsync(EngineHarness harness, IExportSink sink) =>
        harness.Host.AttachAsync(new BuildSession { ExportSink = sink }, harness.Connection, harness.Token);

    private static async Task ShouldBeHealthyAsync(SessionCaller session, EngineHarness harness) =>
        (await session.CheckHealthAsync(harness.Token)).ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);

    private static Packet Entry(string path, uint mode, long size = 0) => new()
    {
        Type = PacketType.PacketStat,
        Stat = new RawStat { Path = ByteString.CopyFromUtf8(path), Mode = mode, Size = size },
    };

    private static Packet Data(uint id, string content) =>
        new() { Type = PacketType.PacketData, ID = id, Data = ByteString.CopyFromUtf8(content) };

    /// <summary>Sends, with the end of the listing after the last entry.</summary>
    private static async Task SendAsync(AsyncDuplexStreamingCall<Packet, Packet> push, params Packet[] packets)
    {
        foreach (var packet in packets)
        {
            await push.RequestStream.WriteAsync(packet, TestContext.Current.CancellationToken);
        }

        if (packets[^1].Stat is not null)
        {
            await push.RequestStream.WriteAsync(new Packet(), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A refusal may come before all is sent.</summary>
    private static async Task TrySendAsync(AsyncDuplexStreamingCall<Packet, Packet> push, params Packet[] packets)
    {
        try
        {
            await SendAsync(push, packets);
        }
        catch (RpcException)
        {
            // Read below.
        }
    }

    private static async Task<(PacketType Type, uint Id, string Data)> ReadAsync(AsyncDuplexStreamingCall<Packet, Packet> push)
    {
        (await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var packet = push.ResponseStream.Current;
        return (packet.Type, packet.ID, packet.Data.ToStringUtf8());
    }

    private static async Task ShouldBeRefusedAsync(AsyncDuplexStreamingCall<Packet, Packet> push, string message)
    {
        var answer = await ReadAsync(push);
        while (answer.Type == PacketType.PacketReq)
        {
            answer = await ReadAsync(push);
        }

        answer.Type.ShouldBe(PacketType.PacketErr);
        answer.Data.ShouldContain(message);
        (await Should.ThrowAsync<RpcException>(() => push.ResponseStream.MoveNext(TestContext.Current.CancellationToken)))
            .Status.Detail.ShouldContain(message);
    }

    private sealed class Sink : IExportSink
    {
        public Stream? File { get; init; }

        public string FolderPath { get; init; } = "";

        public Stream? OpenFile() => File;
    }

    /// <summary>Shows its content only once it is closed.</summary>
    private sealed class ClosedStream : MemoryStream
    {
        private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Closed => _closed.Task;

        protected override void Dispose(bool disposing)
        {
            _closed.TrySetResult(Encoding.UTF8.GetString(ToArray()));
            base.Dispose(disposing);
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("disk full");
    }
}
