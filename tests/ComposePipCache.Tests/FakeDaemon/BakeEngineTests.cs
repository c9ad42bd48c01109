using System.Text;
using System.Text.Json;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.FakeDaemon.Sessions;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class BakeEngineTests
{
    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_pulls_the_context_and_writes_progress_and_metadata()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        var dockerfile = Array.Empty<byte>();
        harness.Engine.Plan.Solve = async scene =>
        {
            using var pull = scene.Session!.Pull(
                new DirectoryRequest("dockerfile") { FollowPaths = ["Dockerfile", "Dockerfile.dockerignore", "dockerfile"] },
                harness.Token);
            dockerfile = (await pull.ReadAllAsync(harness.Token))["Dockerfile"];
            return BuildPlan.TinyResult();
        };

        (await harness.RunAsync()).ShouldBe(0);

        Encoding.UTF8.GetString(dockerfile).ShouldBe("FROM base\n");
        harness.StandardError.ShouldContain("[1/1] FROM docker.io/library/base:latest");
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(harness.MetadataPath, harness.Token));
        metadata.RootElement.GetProperty("web").GetProperty("containerimage.digest").GetString().ShouldBe(TinyImage.Digest);
        harness.Engine.Builds.ShouldHaveSingleItem().Request.Exporters[0].Attrs["name"].ShouldBe("web:latest");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Targets_build_side_by_side_on_one_connection()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        var both = new Barrier();
        harness.Engine.Plan.Solve = async _ =>
        {
            await both.MeetAsync(harness.Token);
            return BuildPlan.TinyResult();
        };

        (await harness.RunAsync("web", "worker")).ShouldBe(0);

        harness.Engine.ConnectionsTo("/grpc").Count.ShouldBe(1);
        harness.StandardError.ShouldContain("[worker 1/1]");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_failing_step_is_told_as_buildx_tells_it()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(
            StatusCode.Unknown,
            "process \"/bin/sh -c false\" did not complete successfully: exit code: 1",
            ("github.com/moby/buildkit/errdefs.Source+json", """
                {"info":{"filename":"Dockerfile","data":"RlJPTSBiYXNlClJVTiBmYWxzZQo="},"ranges":[{"start":{"line":2},"end":{"line":2}}]}
                """)));

        (await harness.RunAsync()).ShouldBe(1);

        harness.StandardError.ShouldEndWith(
            """
            Dockerfile:2
            --------------------
               1 |     FROM base
               2 | >>> RUN false
               3 |     
            --------------------
            ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1

            """);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_registry_that_is_down_is_no_lost_connection()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(StatusCode.Unavailable, "registry-1.docker.io: 503 Service Unavailable"));

        (await harness.RunAsync()).ShouldBe(1);

        harness.StandardError.ShouldEndWith("ERROR: failed to solve: registry-1.docker.io: 503 Service Unavailable\n");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_answer_that_is_too_long_is_a_failed_build()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Oversized);

        (await harness.RunAsync()).ShouldBe(1);

        harness.StandardError.ShouldEndWith("ERROR: failed to solve: the engine sent a message of more than 16 MiB\n");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(StatusEnd.Early)]
    [InlineData(StatusEnd.Never)]
    [InlineData(StatusEnd.Reset)]
    public async Task Progress_never_fails_nor_holds_a_build(StatusEnd end)
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.StatusEnd = end;

        (await harness.RunAsync()).ShouldBe(0);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task The_failure_that_came_first_is_the_one_that_is_told()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        var both = new Barrier();
        harness.Engine.Plan.Solve = async scene =>
        {
            await both.MeetAsync(harness.Token);
            if (scene.Request.Exporters[0].Attrs["name"] == "worker:latest")
            {
                throw new RpcException(new Status(StatusCode.Unknown, "worker is broken"));
            }

            await scene.Over.WaitAsync(harness.Token);
            return BuildPlan.TinyResult();
        };

        (await harness.RunAsync("web", "worker")).ShouldBe(1);

        harness.StandardError.ShouldEndWith("ERROR: target worker: failed to solve: worker is broken\n");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_can_be_interrupted()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Hang);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(harness.Token);

        var running = harness.RunAsync(interrupt.Token);
        await harness.Engine.Faults.WhenCalledAsync("LLBBridge/Solve", harness.Token);
        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await harness.Engine.Builds.ShouldHaveSingleItem().Over.WaitAsync(harness.Token);
    }

    /// <summary>Two builds wait here for each other.</summary>
    private sealed class Barrier
    {
        private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task MeetAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _count) == 2)
            {
                _met.SetResult();
            }

            return _met.Task.WaitAsync(cancellationToken);
        }
    }
}
