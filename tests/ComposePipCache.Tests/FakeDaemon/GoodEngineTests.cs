using System.Text;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Healthchecks;
using ComposePipCache.Protocol.Llb;
using Shouldly;
using Xunit;
using GatewaySolve = ComposePipCache.Protocol.Gateways.SolveRequest;

namespace ComposePipCache.Tests.FakeDaemon;

public class GoodEngineTests
{
    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Questions_outside_of_builds_are_answered()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var control = new BuildKitControl(harness.Connection);

        (await control.GetVersionAsync(harness.Token)).Version.ShouldBe("v0.0.0+fake");
        (await control.ListWorkersAsync(harness.Token)).Count.ShouldBe(1);
        (await control.GetDiskUsageAsync([], harness.Token)).Select(record => record.ID).ShouldBe(["cache-1", "cache-2"]);
        var pruned = new List<string>();
        await foreach (var record in control.PruneAsync(new PruneRequest(), harness.Token))
        {
            pruned.Add(record.ID);
        }

        pruned.ShouldBe(["cache-1", "cache-2"]);
        harness.Engine.ConnectionsTo("/grpc").Count.ShouldBe(1);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_returns_what_the_exporter_reports()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Solve = async scene =>
        {
            (await scene.Session!.CheckHealthAsync(harness.Token))
                .ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
            return BuildPlan.TinyResult();
        };
        var session = new BuildSession { SharedKey = "app:node" };
        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);
        var request = EngineHarness.Request(session);

        var response = await new GatewayBuild(harness.Connection).RunAsync(
            request,
            (gateway, token) => gateway.SolveAsync(new GatewaySolve { Frontend = "dockerfile.v0" }, token),
            harness.Token);

        response["containerimage.digest"].ShouldBe(TinyImage.Digest);
        var scene = harness.Engine.Builds.ShouldHaveSingleItem();
        scene.Request.Exporters.ShouldHaveSingleItem().Type.ShouldBe("moby");
        scene.Request.ExporterDeprecated.ShouldBe("moby");
        (await scene.Returned).Result.Ref.Id.ShouldBe("ref-1");
        scene.Session!.Head.Values("X-Docker-Expose-Session-Sharedkey").ShouldBe(["app:node"]);
        scene.Session.Methods.ShouldBe(["/grpc.health.v1.Health/Check"]);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Progress_is_told_until_the_build_is_over()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
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

        reports.ShouldBe(TinyImage.Reports());
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Files_of_a_ref_are_read_listed_and_described()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Files["/src/requirements.txt"] = Google.Protobuf.ByteString.CopyFromUtf8("celery\n");
        var (content, names, size) = ("", Array.Empty<string>(), 0L);

        await RunAsync(harness, async (gateway, token) =>
        {
            content = Encoding.UTF8.GetString(
                (await gateway.ReadFileAsync("ref-1", "/src/requirements.txt", null, token)).Span);
            names = [.. (await gateway.ReadDirectoryAsync("ref-1", "/src", "", token)).Select(entry => entry.Path)];
            size = (await gateway.StatFileAsync("ref-1", "/src/requirements.txt", token)).Size;
        });

        content.ShouldBe("celery\n");
        names.ShouldBe(["requirements.txt"]);
        size.ShouldBe(7);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(137u)]
    [InlineData(255u)]
    [InlineData(3_221_225_477u)]
    public async Task A_process_gets_its_input_and_gives_output_and_exit_code(uint code)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Plan.Process = async process =>
        {
            while (await process.ReadInputAsync() is { } data)
            {
                await process.WriteAsync(1, data);
            }

            await process.WriteAsync(2, "done\n"u8.ToArray());
            await process.ExitAsync(code);
        };
        var input = new byte[1_000_000];
        Random.Shared.NextBytes(input);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exit = -1;

        await RunAsync(harness, async (gateway, token) =>
        {
            await using var container = await gateway.CreateContainerAsync(
                new NewContainerRequest { ContainerID = "c" }, token);
            exit = await container.ExecAsync(
                new ProcessRequest
                {
                    Meta = new Meta { Args = { "cat" } },
                    StandardInput = new MemoryStream(input),
                    StandardOutput = output,
                    StandardError = error,
                },
                token);
        });

        exit.ShouldBe(unchecked((int)code));
        output.ToArray().ShouldBe(input);
        Encoding.UTF8.GetString(error.ToArray()).ShouldBe("done\n");
        harness.Engine.Faults.CallsOf("LLBBridge/ReleaseContainer").ShouldBe(1);
    }

    private static Task RunAsync(EngineHarness harness, Func<GatewayClient, CancellationToken, Task> frontend) =>
        harness.BuildAsync(async (gateway, token) =>
        {
            await frontend(gateway, token);
            return BuildPlan.TinyResult();
        });
}
