using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.Protocol.Controls;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class CallFaultTests
{
    private static readonly Dictionary<string, CallFault> Faults = new(StringComparer.Ordinal)
    {
        ["hang"] = CallFault.Hang,
        ["freeze"] = CallFault.Freeze,
        ["break"] = CallFault.Break,
        ["reset"] = CallFault.Reset(),
        ["cancel"] = CallFault.Reset(8),
        ["goaway"] = CallFault.GoAwayAndBreak,
        ["unimplemented"] = CallFault.Unimplemented,
        ["oversized"] = CallFault.Oversized,
        ["no status"] = CallFault.NoStatus,
        ["bad gateway"] = CallFault.BadGateway,
        ["unavailable"] = CallFault.Fail(StatusCode.Unavailable, "registry is unavailable"),
    };

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("break", typeof(ConnectionLostException), "")]
    [InlineData("reset", typeof(ConnectionLostException), "INTERNAL_ERROR")]
    [InlineData("cancel", typeof(ConnectionLostException), "CANCEL")]
    [InlineData("goaway", typeof(ConnectionLostException), "")]
    [InlineData("unimplemented", typeof(BuildKitException), "unknown method Info for service moby.buildkit.v1.Control")]
    [InlineData("oversized", typeof(BuildKitException), "the engine sent a message of more than 16 MiB")]
    [InlineData("no status", typeof(ConnectionLostException), "the engine ended its answer without a status")]
    [InlineData("bad gateway", typeof(ConnectionLostException), "Bad gRPC response. HTTP status code: 502")]
    [InlineData("unavailable", typeof(BuildKitException), "registry is unavailable")]
    public async Task A_broken_answer_is_a_typed_error(string fault, Type expected, string message)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Info", Faults[fault]);

        var failure = await Should.ThrowAsync<BuildKitException>(
            () => new BuildKitControl(harness.Connection).GetVersionAsync(harness.Token));

        failure.ShouldBeOfType(expected);
        failure.Message.ShouldContain(message);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("hang")]
    [InlineData("freeze")]
    public async Task A_question_without_an_answer_is_given_up(string fault)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Info", Faults[fault]);

        var asking = new BuildKitControl(harness.Connection).GetVersionAsync(harness.Token);
        await harness.Engine.Faults.WhenCalledAsync("Control/Info", harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(40));

        (await Should.ThrowAsync<EngineSilentException>(() => asking))
            .Message.ShouldBe("the engine did not answer Info within 40 s");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("break")]
    [InlineData("goaway")]
    [InlineData("reset")]
    [InlineData("oversized")]
    public async Task The_next_question_is_answered_again(string fault)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Info", Faults[fault], times: 1);
        var control = new BuildKitControl(harness.Connection);

        await Should.ThrowAsync<BuildKitException>(() => control.GetVersionAsync(harness.Token));

        (await control.GetVersionAsync(harness.Token)).Version.ShouldBe("v0.0.0+fake");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_call_without_a_deadline_ends_when_the_connection_falls_silent()
    {
        await using var harness = await EngineHarness.StartAsync(
            TestContext.Current.CancellationToken, EngineHarness.Pinging);
        harness.Engine.Faults.Add("Control/DiskUsage", CallFault.Freeze);

        var failure = await Should.ThrowAsync<ConnectionLostException>(
            () => new BuildKitControl(harness.Connection).GetDiskUsageAsync([], harness.Token));

        failure.Message.ShouldContain("didn't respond to a ping");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_stream_that_is_reset_between_records_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Prune", CallFault.Reset());

        await Should.ThrowAsync<ConnectionLostException>(async () =>
        {
            await foreach (var _ in new BuildKitControl(harness.Connection).PruneAsync(new PruneRequest(), harness.Token))
            {
            }
        });
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_that_leaves_between_two_calls_is_dialled_again()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var control = new BuildKitControl(harness.Connection);
        await control.GetVersionAsync(harness.Token);

        var first = harness.Engine.ConnectionsTo("/grpc").ShouldHaveSingleItem();
        await first.SendGoAwayAsync(int.MaxValue, errorCode: 0);
        await first.Ended;

        await control.GetVersionAsync(harness.Token);
        harness.Engine.ConnectionsTo("/grpc").Count.ShouldBe(2);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_cancelled_question_is_a_cancellation()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Info", CallFault.Hang);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(harness.Token);

        var asking = new BuildKitControl(harness.Connection).GetVersionAsync(giveUp.Token);
        await harness.Engine.Faults.WhenCalledAsync("Control/Info", harness.Token);
        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }
}
