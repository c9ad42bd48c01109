using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.Protocol.Controls;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class BuildFaultTests
{
    private static readonly Dictionary<string, CallFault> Faults = new(StringComparer.Ordinal)
    {
        ["break"] = CallFault.Break,
        ["reset"] = CallFault.Reset(),
        ["goaway"] = CallFault.GoAwayAndBreak,
        ["unimplemented"] = CallFault.Unimplemented,
        ["oversized"] = CallFault.Oversized,
        ["no status"] = CallFault.NoStatus,
        ["fail"] = CallFault.Fail(StatusCode.Unknown, "no space left on device"),
    };

    public static TheoryData<string, string, Type, string> EveryStage
    {
        get
        {
            var data = new TheoryData<string, string, Type, string>();
            foreach (var method in new[] { "Control/Solve", "LLBBridge/Ping", "LLBBridge/Solve", "LLBBridge/Return" })
            {
                // The kernel decides which words a closed socket gives.
                data.Add(method, "break", typeof(ConnectionLostException), "");
                data.Add(method, "reset", typeof(ConnectionLostException), "INTERNAL_ERROR");
                data.Add(method, "goaway", typeof(ConnectionLostException), "");
                data.Add(method, "unimplemented", typeof(BuildKitException), $"unknown method {method.Split('/')[1]}");
                data.Add(method, "oversized", typeof(BuildKitException), "the engine sent a message of more than 16 MiB");
                data.Add(method, "no status", typeof(ConnectionLostException), "the engine ended its answer without a status");
                data.Add(method, "fail", typeof(BuildKitException), "no space left on device");
            }

            return data;
        }
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [MemberData(nameof(EveryStage))]
    public async Task A_build_tells_the_fault_itself_and_not_its_consequences(
        string method, string fault, Type expected, string message)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add(method, Faults[fault]);

        var failure = await Should.ThrowAsync<BuildKitException>(() => harness.BuildAsync());

        failure.ShouldBeOfType(expected);
        failure.Message.ShouldContain(message);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("LLBBridge/Ping", "the engine did not answer Ping within 40 s")]
    [InlineData("LLBBridge/Return", "the engine did not answer Return within 40 s")]
    public async Task A_call_that_must_be_quick_does_not_hang(string method, string message)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add(method, CallFault.Hang, times: 1);

        var building = harness.BuildAsync();
        await harness.Engine.Faults.WhenCalledAsync(method, harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(40));

        (await Should.ThrowAsync<EngineSilentException>(() => building)).Message.ShouldBe(message);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("LLBBridge/Solve")]
    [InlineData("LLBBridge/Evaluate")]
    public async Task A_step_may_take_for_ever_and_can_be_cancelled(string method)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add(method, CallFault.Hang);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(harness.Token);

        var building = harness.BuildAsync(
            async (gateway, token) =>
            {
                await gateway.PingAsync(token);
                var result = await gateway.SolveAsync(new Protocol.Gateways.SolveRequest(), token);
                await gateway.EvaluateAsync(result.Ref.Id, token);
                return result;
            },
            interrupt.Token);
        await harness.Engine.Faults.WhenCalledAsync(method, harness.Token);
        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => building);
        await harness.Engine.Builds.ShouldHaveSingleItem().Over.WaitAsync(harness.Token);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("LLBBridge/Solve")]
    [InlineData("LLBBridge/Return")]
    public async Task An_engine_that_falls_silent_in_mid_build_is_noticed(string method)
    {
        await using var harness = await EngineHarness.StartAsync(
            TestContext.Current.CancellationToken, EngineHarness.Pinging);
        harness.Engine.Faults.Add(method, CallFault.Freeze);

        await Should.ThrowAsync<ConnectionLostException>(() => harness.BuildAsync());
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_that_is_leaving_finishes_the_build()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.GoAwayAndServe);

        (await harness.BuildAsync())["containerimage.digest"].ShouldBe(TinyImage.Digest);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_that_ends_without_a_result_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.IsEndedEarly = true;

        var failure = await Should.ThrowAsync<BuildKitException>(
            () => harness.BuildAsync(async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return BuildPlan.TinyResult();
            }));

        failure.Message.ShouldBe("the engine ended the build before there was a result");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_finished_build_does_not_wait_for_the_answer_to_Return()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Return", CallFault.ServeAndHang);

        (await harness.BuildAsync())["containerimage.digest"].ShouldBe(TinyImage.Digest);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_export_that_fails_is_the_builds_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Export = _ => throw new RpcException(new Status(StatusCode.Unknown, "failed to export layer"));

        (await Should.ThrowAsync<BuildKitException>(() => harness.BuildAsync())).Message.ShouldBe("failed to export layer");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_missing_session_is_told_rather_than_what_follows_from_it()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var request = EngineHarness.Request(new BuildSession());

        var failure = await Should.ThrowAsync<BuildKitException>(() => new GatewayBuild(harness.Connection).RunAsync(
            request,
            async (gateway, token) =>
            {
                await gateway.PingAsync(token);
                return BuildPlan.TinyResult();
            },
            harness.Token));

        failure.Message.ShouldBe($"no active session for {request.SessionId}: context deadline exceeded");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task The_frontends_own_failure_is_told_to_the_engine_and_to_the_caller()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var own = new InvalidDataException("the lock names no file");

        var failure = await Should.ThrowAsync<InvalidDataException>(() => harness.BuildAsync((_, _) => throw own));

        failure.ShouldBeSameAs(own);
        var returned = await harness.Engine.Builds.ShouldHaveSingleItem().Returned;
        returned.Error.Message.ShouldBe("the lock names no file");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_failed_build_keeps_its_failure_when_the_connection_breaks_over_it()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Return", CallFault.Break);

        await Should.ThrowAsync<InvalidDataException>(() => harness.BuildAsync(async (gateway, token) =>
        {
            await gateway.PingAsync(token);
            throw new InvalidDataException("the lock names no file");
        }));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_graph_larger_than_a_message_may_be_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var request = new Protocol.Gateways.SolveRequest { FrontendOpt = { ["build-arg:BIG"] = new string('x', 17_000_000) } };

        var failure = await Should.ThrowAsync<BuildKitException>(
            () => harness.BuildAsync((gateway, token) => gateway.SolveAsync(request, token)));

        failure.Message.ShouldBe("the build takes a message of more than 16 MiB, which no engine accepts");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_without_Return_ends_a_failed_build_with_the_failure()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Return", CallFault.Unimplemented);

        await Should.ThrowAsync<InvalidDataException>(
            () => harness.BuildAsync((_, _) => throw new InvalidDataException("the lock names no file")));
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(StatusEnd.WithTheBuild)]
    [InlineData(StatusEnd.Early)]
    public async Task Progress_ends_when_its_stream_does(StatusEnd end)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.StatusEnd = end;

        (await FollowAsync(harness)).ShouldBe(TinyImage.Reports());
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Progress_that_breaks_is_an_error_of_its_own()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.StatusEnd = StatusEnd.Reset;

        await Should.ThrowAsync<ConnectionLostException>(() => FollowAsync(harness));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Progress_larger_than_a_message_may_be_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("Control/Status", CallFault.Oversized);

        (await Should.ThrowAsync<BuildKitException>(() => FollowAsync(harness)))
            .Message.ShouldBe("the engine sent a message of more than 16 MiB");
    }

    private static async Task<IReadOnlyList<StatusResponse>> FollowAsync(EngineHarness harness)
    {
        var session = new BuildSession();
        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);
        var request = EngineHarness.Request(session);
        var reports = new List<StatusResponse>();
        var following = BuildProgress.FollowAsync(
            harness.Connection,
            request.Ref,
            report =>
            {
                reports.Add(report);
                return Task.CompletedTask;
            },
            harness.Token);
        await new GatewayBuild(harness.Connection).RunAsync(
            request, (_, _) => Task.FromResult(BuildPlan.TinyResult()), harness.Token);
        await following;
        return reports;
    }
}
