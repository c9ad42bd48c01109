using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon.Network;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class UpgradeFaultTests
{
    private const string NoHandshake =
        "An HTTP/2 connection could not be established because the server did not complete the HTTP/2 handshake.";

    private static readonly Dictionary<string, UpgradeFault> Faults = new(StringComparer.Ordinal)
    {
        ["closes"] = UpgradeFault.Close,
        ["never ends its head"] = UpgradeFault.EndlessHead,
        ["says 404"] = UpgradeFault.Refuse("404 Not Found"),
        ["says 403"] = UpgradeFault.Refuse("403 Forbidden"),
        ["closes after 101"] = UpgradeFault.CloseAfterSwitching,
        ["talks nonsense after 101"] = UpgradeFault.GarbageAfterSwitching,
    };

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("closes", typeof(ConnectionLostException), "the engine closed the connection before it answered /grpc")]
    [InlineData("never ends its head", typeof(ConnectionLostException), "the engine's answer to /grpc has a head of more than 16384 bytes")]
    [InlineData("says 404", typeof(HijackRefusedException), "the engine refused to upgrade /grpc: HTTP/1.1 404 Not Found")]
    [InlineData("says 403", typeof(HijackRefusedException), "the engine refused to upgrade /grpc: HTTP/1.1 403 Forbidden")]
    [InlineData("closes after 101", typeof(ConnectionLostException), NoHandshake)]
    [InlineData("talks nonsense after 101", typeof(ConnectionLostException), NoHandshake)]
    public async Task A_question_tells_how_the_connection_failed(string fault, Type expected, string message)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/grpc"] = Faults[fault];
        var control = new BuildKitControl(harness.Connection);

        var failures = new[]
        {
            await Should.ThrowAsync<BuildKitException>(() => control.GetVersionAsync(harness.Token)),
            await Should.ThrowAsync<BuildKitException>(() => control.GetDiskUsageAsync([], harness.Token)),
        };

        failures.ShouldAllBe(failure => failure.GetType() == expected);
        failures.ShouldAllBe(failure => failure.Message == message);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("closes", typeof(ConnectionLostException), "the engine closed the connection before it answered /session")]
    [InlineData("says 404", typeof(HijackRefusedException), "the engine refused to upgrade /session: HTTP/1.1 404 Not Found")]
    public async Task A_session_tells_how_the_connection_failed(string fault, Type expected, string message)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/session"] = Faults[fault];

        var failure = await Should.ThrowAsync<BuildKitException>(
            () => harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token));

        failure.ShouldBeOfType(expected);
        failure.Message.ShouldBe(message);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("closes after 101")]
    [InlineData("talks nonsense after 101")]
    public async Task A_session_the_engine_drops_at_once_is_seen_as_closed(string fault)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/session"] = Faults[fault];

        await using var lease = await harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);

        await WhenAsync(lease.Closed);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_question_is_given_up_when_the_upgrade_is_not_answered()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/grpc"] = UpgradeFault.Hang;

        var asking = new BuildKitControl(harness.Connection).GetDiskUsageAsync([], harness.Token);
        await harness.Engine.WhenConnectedAsync("/grpc", harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<EngineSilentException>(() => asking))
            .Message.ShouldBe("the engine did not answer /grpc within 20 s");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_session_is_given_up_when_the_upgrade_is_not_answered()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/session"] = UpgradeFault.Hang;

        var attaching = harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);
        await harness.Engine.WhenConnectedAsync("/session", harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<EngineSilentException>(() => attaching))
            .Message.ShouldBe("the engine did not answer /session within 20 s");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_question_is_given_up_when_nothing_follows_the_upgrade()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/grpc"] = UpgradeFault.HangAfterSwitching;

        var asking = new BuildKitControl(harness.Connection).GetVersionAsync(harness.Token);
        await harness.Engine.WhenConnectedAsync("/grpc", harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(40));

        (await Should.ThrowAsync<EngineSilentException>(() => asking)).Message.ShouldContain("the engine did not answer");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_call_without_a_deadline_ends_when_nothing_follows_the_upgrade()
    {
        await using var harness = await EngineHarness.StartAsync(
            TestContext.Current.CancellationToken, EngineHarness.Pinging);
        harness.Engine.UpgradeFaults["/grpc"] = UpgradeFault.HangAfterSwitching;

        (await Should.ThrowAsync<ConnectionLostException>(
            () => new BuildKitControl(harness.Connection).GetDiskUsageAsync([], harness.Token)))
            .Message.ShouldContain("didn't respond to a ping");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Disposing_ends_a_dial_that_hangs()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults["/grpc"] = UpgradeFault.Hang;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(harness.Token);

        var asking = new BuildKitControl(harness.Connection).GetDiskUsageAsync([], giveUp.Token);
        await harness.Engine.WhenConnectedAsync("/grpc", harness.Token);
        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        await harness.Connection.DisposeAsync();
        await harness.Engine.WhenIdleAsync();
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_hostile_folder_name_adds_no_header()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var session = new BuildSession { SharedKey = "naïve\r\nX-Docker-Expose-Session-Uuid: другой:node" };

        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);

        var head = harness.Engine.Sessions.ShouldHaveSingleItem().Head;
        head.Values("X-Docker-Expose-Session-Uuid").ShouldBe([session.Id]);
        head.Values("X-Docker-Expose-Session-Sharedkey")
            .ShouldBe(["naïve??X-Docker-Expose-Session-Uuid: другой:node"]);
    }

    private static async Task WhenAsync(CancellationToken closed)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = closed.Register(fired.SetResult);
        await fired.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
