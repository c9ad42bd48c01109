using System.Globalization;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon.Sessions;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Protocol.Healthchecks;
using Grpc.Core;
using Shouldly;
using Xunit;
using PacketType = ComposePipCache.Protocol.Fsutil.Packet.Types.PacketType;

namespace ComposePipCache.Tests.FakeDaemon;

public sealed class TransferTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("context");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("other")]
    [InlineData("")]
    [InlineData("../context")]
    [InlineData("/etc")]
    public async Task A_directory_that_is_not_offered_is_refused(string name)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await AttachAsync(harness);
        var session = harness.Engine.Sessions.ShouldHaveSingleItem();
        using var pull = session.Pull(new DirectoryRequest(name), harness.Token);

        var refusal = await Should.ThrowAsync<RpcException>(() => pull.ReadAsync(harness.Token));

        refusal.StatusCode.ShouldBe(StatusCode.NotFound);
        refusal.Status.Detail.ShouldBe($"no access allowed to dir \"{name}\"");
        await ShouldBeHealthyAsync(session, harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_directory_arrives_with_its_contents()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("app/main.py", "print('hi')\n");
        Write("requirements.txt", "celery\n");
        Write("empty", "");
        await using var lease = await AttachAsync(harness);
        using var pull = harness.Engine.Sessions[0].Pull(new DirectoryRequest("context"), harness.Token);

        var contents = await pull.ReadAllAsync(harness.Token);

        contents.ToDictionary(file => file.Key, file => System.Text.Encoding.UTF8.GetString(file.Value)).ShouldBe(
            new Dictionary<string, string> { ["app/main.py"] = "print('hi')\n", ["requirements.txt"] = "celery\n", ["empty"] = "" },
            ignoreOrder: true);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_ignore_patterns_arrive_as_ten_thousand_headers(bool isEncoded)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("kept, with a comma", "");
        Write("ignored-9999, ü", "");
        Write("ignored-0, ü", "");
        var patterns = Enumerable.Range(0, 10_000)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"ignored-{i}, {(isEncoded ? "ü" : "*")}"));
        await using var lease = await AttachAsync(harness);
        using var pull = harness.Engine.Sessions[0].Pull(
            new DirectoryRequest("context") { Exclude = [.. patterns], IsEncoded = isEncoded }, harness.Token);

        var listing = await pull.ReadListingAsync(harness.Token);

        listing.Select(entry => entry.Path.ToStringUtf8()).ShouldBe(["kept, with a comma"]);
        await pull.FinishAsync(harness.Token);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("../secret")]
    [InlineData("app/../../secret")]
    [InlineData("/secret")]
    [InlineData("/../secret")]
    public async Task Patterns_do_not_lead_out_of_the_directory(string pattern)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var context = _root.CreateSubdirectory("context");
        Write("secret", "outside");
        Write("context/app/main.py", "inside");
        await using var lease = await AttachAsync(harness, context.FullName);
        foreach (var request in new[]
        {
            new DirectoryRequest("context") { Include = [pattern] },
            new DirectoryRequest("context") { FollowPaths = [pattern] },
        })
        {
            using var pull = harness.Engine.Sessions[0].Pull(request, harness.Token);
            var listing = await pull.ReadListingAsync(harness.Token);
            listing.ShouldNotContain(entry => entry.Size == "outside".Length);
            listing.ShouldAllBe(entry => !entry.Path.ToStringUtf8().Contains("..", StringComparison.Ordinal));
            await pull.FinishAsync(harness.Token);
        }
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_link_out_of_the_directory_is_sent_as_a_link()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var context = _root.CreateSubdirectory("context");
        Write("secret", "outside");
        File.CreateSymbolicLink(Path.Combine(context.FullName, "link"), "../secret");
        await using var lease = await AttachAsync(harness, context.FullName);
        using var pull = harness.Engine.Sessions[0].Pull(
            new DirectoryRequest("context") { FollowPaths = ["link"] }, harness.Token);

        var entry = (await pull.ReadListingAsync(harness.Token)).ShouldHaveSingleItem();

        entry.Linkname.ToStringUtf8().ShouldBe("../secret");
        await pull.FinishAsync(harness.Token);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(7u)]
    [InlineData(uint.MaxValue)]
    public async Task A_file_that_was_not_offered_is_refused(uint id)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("a", "content");
        await using var lease = await AttachAsync(harness);
        using var pull = harness.Engine.Sessions[0].Pull(new DirectoryRequest("context"), harness.Token);
        await pull.ReadListingAsync(harness.Token);
        await pull.RequestAsync(id, harness.Token);

        await ShouldBeRefusedAsync(pull, $"the builder asked for file {id}, which is not on offer or was asked for before", harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_file_that_is_asked_for_twice_is_refused()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("a", "content");
        await using var lease = await AttachAsync(harness);
        using var pull = harness.Engine.Sessions[0].Pull(new DirectoryRequest("context"), harness.Token);
        await pull.ReadListingAsync(harness.Token);
        await pull.RequestAsync(0, harness.Token);
        await pull.ReadContentAsync(0, harness.Token);
        await pull.RequestAsync(0, harness.Token);

        await ShouldBeRefusedAsync(pull, "the builder asked for file 0, which is not on offer or was asked for before", harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_transfer_that_the_engine_gives_up_leaves_the_session_alive()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("a", new string('x', 5_000_000));
        await using var lease = await AttachAsync(harness);
        var session = harness.Engine.Sessions[0];
        using (var pull = session.Pull(new DirectoryRequest("context"), harness.Token))
        {
            await pull.ReadListingAsync(harness.Token);
            await pull.RequestAsync(0, harness.Token);
            (await pull.ReadAsync(harness.Token)).ShouldNotBeNull().Type.ShouldBe(PacketType.PacketData);
        }

        await ShouldBeHealthyAsync(session, harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_error_from_the_engine_ends_the_transfer()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        Write("a", "content");
        await using var lease = await AttachAsync(harness);
        using var pull = harness.Engine.Sessions[0].Pull(new DirectoryRequest("context"), harness.Token);
        await pull.ReadListingAsync(harness.Token);
        await pull.SendAsync(
            new Packet { Type = PacketType.PacketErr, Data = Google.Protobuf.ByteString.CopyFromUtf8("no space left") },
            harness.Token);

        await ShouldBeRefusedAsync(pull, "the builder stopped the transfer: no space left", harness);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_slow_reader_gets_health_answers_and_nothing_piles_up()
    {
        const int FileSize = 1_000_000;
        const int Files = 64;
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < Files; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{i:D2}"), new string('x', FileSize));
        }

        var source = new LocalSource("context", _root.FullName);
        await using var lease = await AttachAsync(harness, source);
        var session = harness.Engine.Sessions[0];
        using var pull = session.Pull(new DirectoryRequest("context"), harness.Token);
        await pull.ReadListingAsync(harness.Token);
        for (var id = 0u; id < Files; id++)
        {
            await pull.RequestAsync(id, harness.Token);
        }

        for (var check = 0; check < 200; check++)
        {
            await ShouldBeHealthyAsync(session, harness);
            source.Transfers.Bytes.ShouldBeLessThan(8 * FileSize);
        }

        var received = 0L;
        for (var ended = 0; ended < Files;)
        {
            var packet = (await pull.ReadAsync(harness.Token)).ShouldNotBeNull();
            received += packet.Data.Length;
            ended += packet.Data.IsEmpty ? 1 : 0;
        }

        received.ShouldBe((long)Files * FileSize);
        await pull.FinishAsync(harness.Token);
    }

    private static async Task ShouldBeHealthyAsync(SessionCaller session, EngineHarness harness) =>
        (await session.CheckHealthAsync(harness.Token)).ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);

    private static async Task ShouldBeRefusedAsync(DirectoryPull pull, string message, EngineHarness harness)
    {
        var refusal = await Should.ThrowAsync<Exception>(async () =>
        {
            while (await pull.ReadAsync(harness.Token) is { } packet)
            {
                if (packet.Type == PacketType.PacketErr)
                {
                    throw new IOException(packet.Data.ToStringUtf8());
                }
            }
        });
        refusal.Message.ShouldContain(message);
        await ShouldBeHealthyAsync(harness.Engine.Sessions[0], harness);
    }

    private Task<SessionLease> AttachAsync(EngineHarness harness) => AttachAsync(harness, _root.FullName);

    private static Task<SessionLease> AttachAsync(EngineHarness harness, string path) =>
        AttachAsync(harness, new LocalSource("context", path));

    private static Task<SessionLease> AttachAsync(EngineHarness harness, LocalSource source) =>
        harness.Host.AttachAsync(new BuildSession { Sources = new OneSource(source) }, harness.Connection, harness.Token);

    private void Write(string path, string content)
    {
        var full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private sealed class OneSource(LocalSource source) : ILocalSources
    {
        public LocalSource? Find(string name) => name == source.Name ? source : null;
    }
}
