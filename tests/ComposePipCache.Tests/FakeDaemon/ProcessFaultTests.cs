using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;
using Grpc.Core;
using Shouldly;
using Xunit;
using RpcStatus = ComposePipCache.Protocol.Rpc.Status;

namespace ComposePipCache.Tests.FakeDaemon;

public class ProcessFaultTests
{
    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_stream_reset_under_a_process_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = process =>
        {
            process.Reset();
            return Task.CompletedTask;
        };

        (await Should.ThrowAsync<ConnectionLostException>(() => ExecAsync(harness))).Message.ShouldContain("INTERNAL_ERROR");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_connection_lost_under_a_process_is_an_error()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = process =>
        {
            process.Break();
            return Task.CompletedTask;
        };

        await Should.ThrowAsync<ConnectionLostException>(() => ExecAsync(harness));
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_ends_before_the_process_is_done_is_an_error(bool isExitReported)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = process => isExitReported ? process.ReportExitAsync(0) : Task.CompletedTask;

        (await Should.ThrowAsync<ConnectionLostException>(() => ExecAsync(harness)))
            .Message.ShouldBe("the engine ended the process's stream before the process was done");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_process_that_never_started_is_an_error_and_not_an_exit_code()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = async process =>
        {
            await process.ReportExitAsync(255, new RpcStatus { Code = 2, Message = "exec: \"pip\": executable file not found" });
            await process.DoneAsync();
        };

        var failure = await Should.ThrowAsync<BuildKitException>(() => ExecAsync(harness));

        failure.ShouldNotBeOfType<ConnectionLostException>();
        failure.Message.ShouldBe("exec: \"pip\": executable file not found");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Input_that_cannot_be_read_ends_the_process()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = async process =>
        {
            await process.ReadInputAsync();
            await Task.Delay(Timeout.Infinite, process.Cancelled);
        };

        (await Should.ThrowAsync<IOException>(() => ExecAsync(harness, new BrokenStream()))).Message.ShouldBe("bad sector");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Output_that_cannot_be_written_ends_the_process()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = async process =>
        {
            await process.WriteAsync(1, "wheel"u8.ToArray());
            await Task.Delay(Timeout.Infinite, process.Cancelled);
        };

        (await Should.ThrowAsync<IOException>(() => ExecAsync(harness, output: new BrokenStream()))).Message.ShouldBe("disk full");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_process_that_takes_no_input_may_still_exit()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = process => process.ExitAsync(3);

        (await ExecAsync(harness, new MemoryStream(new byte[20_000_000]))).ShouldBe(3);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_process_that_hangs_can_be_cancelled()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(harness.Token);
        var isKilled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Engine.Plan.Process = async process =>
        {
            await using var registration = process.Cancelled.Register(isKilled.SetResult);
            await interrupt.CancelAsync();
            await isKilled.Task;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => ExecAsync(harness, cancellationToken: interrupt.Token));
        await isKilled.Task.WaitAsync(harness.Token);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_container_that_cannot_be_released_does_not_hang()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/ReleaseContainer", CallFault.Hang);

        var running = ExecAsync(harness);
        await harness.Engine.Faults.WhenCalledAsync("LLBBridge/ReleaseContainer", harness.Token);
        harness.Time.Advance(TimeSpan.FromSeconds(40));

        (await running).ShouldBe(0);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_without_containers_says_so()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/NewContainer", CallFault.Unimplemented);

        var failure = await Should.ThrowAsync<BuildKitException>(() => ExecAsync(harness));

        failure.StatusCode.ShouldBe(StatusCode.Unimplemented);
        failure.Message.ShouldBe("unknown method NewContainer for service moby.buildkit.v1.frontend.LLBBridge");
    }

    private static async Task<int> ExecAsync(
        EngineHarness harness,
        Stream? input = null,
        Stream? output = null,
        CancellationToken? cancellationToken = null)
    {
        var exit = -1;
        await harness.BuildAsync(
            async (gateway, token) =>
            {
                await using var container = await gateway.CreateContainerAsync(
                    new NewContainerRequest { ContainerID = "c" }, token);
                exit = await container.ExecAsync(
                    new ProcessRequest
                    {
                        Meta = new Meta { Args = { "pip" } },
                        StandardInput = input,
                        StandardOutput = output,
                    },
                    token);
                return BuildPlan.TinyResult();
            },
            cancellationToken);
        return exit;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("bad sector");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("disk full");
    }
}
