using System.Text;
using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using ComposePipCache.FakeDaemon;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Network;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.FakeDaemon.Sessions;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public sealed class BakeEngineTests : IAsyncDisposable
{
    private const string Lost = "the engine stopped answering during the build";

    private static readonly Dictionary<string, CallFault> Calls = new(StringComparer.Ordinal)
    {
        ["hang"] = CallFault.Hang,
        ["freeze"] = CallFault.Freeze,
        ["break"] = CallFault.Break,
        ["reset"] = CallFault.Reset(),
        ["goaway"] = CallFault.GoAwayAndBreak,
        ["unimplemented"] = CallFault.Unimplemented,
        ["no status"] = CallFault.NoStatus,
        ["bad gateway"] = CallFault.BadGateway,
    };

    private static readonly Dictionary<string, UpgradeFault> Upgrades = new(StringComparer.Ordinal)
    {
        ["hang"] = UpgradeFault.Hang,
        ["close"] = UpgradeFault.Close,
        ["404"] = UpgradeFault.Refuse("404 Not Found"),
        ["403"] = UpgradeFault.Refuse("403 Forbidden"),
    };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("project");
    private readonly MemoryStream _stderr = new();
    private readonly ErrorLog _log = new();
    private FakeEngine? _engine;

    private FakeEngine Engine => _engine ?? throw new InvalidOperationException("the engine is not started");

    private string MetadataPath => Path.Combine(_root.FullName, "metadata.json");

    private string StandardError => Encoding.UTF8.GetString(_stderr.ToArray());

    /// <summary>Nothing may be left open, and nothing logged.</summary>
    public async ValueTask DisposeAsync()
    {
        await Engine.WhenIdleAsync();
        await Engine.DisposeAsync();
        _root.Delete(recursive: true);
        _log.Errors.ShouldBeEmpty();
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_pulls_the_context_and_writes_progress_and_metadata()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        var dockerfile = Array.Empty<byte>();
        Engine.Plan.Solve = async scene =>
        {
            using var pull = scene.Session!.Pull(
                new DirectoryRequest("dockerfile") { FollowPaths = ["Dockerfile", "Dockerfile.dockerignore", "dockerfile"] },
                TestContext.Current.CancellationToken);
            dockerfile = (await pull.ReadAllAsync(TestContext.Current.CancellationToken))["Dockerfile"];
            return BuildPlan.TinyResult();
        };

        (await RunAsync(TestContext.Current.CancellationToken)).ShouldBe(0);

        Encoding.UTF8.GetString(dockerfile).ShouldBe("FROM base\n");
        StandardError.ShouldContain("[1/1] FROM docker.io/library/base:latest");
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(MetadataPath, TestContext.Current.CancellationToken));
        metadata.RootElement.GetProperty("web").GetProperty("containerimage.digest").GetString().ShouldBe(TinyImage.Digest);
        Engine.Builds.ShouldHaveSingleItem().Request.Exporters[0].Attrs["name"].ShouldBe("web:latest");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Targets_build_side_by_side_on_one_connection()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        var both = new Barrier();
        Engine.Plan.Solve = async _ =>
        {
            await both.MeetAsync(TestContext.Current.CancellationToken);
            return BuildPlan.TinyResult();
        };

        (await RunAsync(TestContext.Current.CancellationToken, "web", "worker")).ShouldBe(0);

        Engine.ConnectionsTo("/grpc").Count.ShouldBe(1);
        StandardError.ShouldContain("[worker 1/1]");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("/session", "hang", "engine-silent", "the engine does not answer", "the engine did not answer /session within 0.3 s")]
    [InlineData("/grpc", "hang", "engine-silent", "the engine does not answer", "the engine did not answer /grpc within 0.3 s")]
    [InlineData("/session", "close", "engine-lost", Lost, "the engine closed the connection before it answered /session")]
    [InlineData("/grpc", "close", "engine-lost", Lost, "the engine closed the connection before it answered /grpc")]
    [InlineData("/session", "404", "engine-no-buildkit", "the engine does not offer BuildKit", "the engine refused to upgrade /session: HTTP/1.1 404 Not Found")]
    [InlineData("/grpc", "404", "engine-no-buildkit", "the engine does not offer BuildKit", "the engine refused to upgrade /grpc: HTTP/1.1 404 Not Found")]
    [InlineData("/grpc", "403", "engine-denied", "the engine denies access to its builder", "the engine refused to upgrade /grpc: HTTP/1.1 403 Forbidden")]
    public async Task An_upgrade_that_fails_is_worded(string path, string fault, string code, string what, string why)
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.UpgradeFaults[path] = Upgrades[fault];

        var text = (await Should.ThrowAsync<PipCacheException>(() => RunAsync(TestContext.Current.CancellationToken))).Text;

        (text.Code, text.What, text.Why).ShouldBe((code, what, why));
        text.Hint.ShouldNotBeNullOrEmpty();
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("LLBBridge/Ping", "hang", "engine-silent", "the engine did not answer Ping within 0.6 s")]
    [InlineData("LLBBridge/Return", "hang", "engine-silent", "the engine did not answer Return within 0.6 s")]
    [InlineData("LLBBridge/Solve", "freeze", "engine-lost", "ping")]
    [InlineData("LLBBridge/Solve", "break", "engine-lost", "")]
    [InlineData("LLBBridge/Solve", "reset", "engine-lost", "INTERNAL_ERROR")]
    [InlineData("LLBBridge/Solve", "goaway", "engine-lost", "")]
    [InlineData("LLBBridge/Solve", "no status", "engine-lost", "the engine ended its answer without a status")]
    [InlineData("Control/Solve", "bad gateway", "engine-lost", "HTTP status code: 502")]
    [InlineData("Control/Solve", "unimplemented", "engine-too-old", "unknown method Solve for service moby.buildkit.v1.Control")]
    [InlineData("LLBBridge/Return", "unimplemented", "engine-too-old", "unknown method Return for service moby.buildkit.v1.frontend.LLBBridge")]
    public async Task An_engine_that_fails_in_mid_build_is_worded(string method, string fault, string code, string why)
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add(method, Calls[fault]);

        var text = (await Should.ThrowAsync<PipCacheException>(() => RunAsync(TestContext.Current.CancellationToken))).Text;

        text.Code.ShouldBe(code);
        text.Why.ShouldNotBeNull().ShouldContain(why);
        text.Hint.ShouldNotBeNullOrEmpty();
        File.Exists(MetadataPath).ShouldBeFalse();
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_connection_lost_by_several_targets_is_told_once()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add("LLBBridge/Solve", CallFault.Break);

        var text = (await Should.ThrowAsync<PipCacheException>(
            () => RunAsync(TestContext.Current.CancellationToken, "web", "worker"))).Text;

        (text.Code, text.What).ShouldBe(("engine-lost", Lost));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_that_is_not_there_is_worded()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        File.Delete(Engine.SocketPath);

        var text = (await Should.ThrowAsync<PipCacheException>(() => RunAsync(TestContext.Current.CancellationToken))).Text;

        (text.Code, text.Why).ShouldBe(("engine-unreachable", "there is no such socket"));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_failing_step_is_told_as_buildx_tells_it()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(
            StatusCode.Unknown,
            "process \"/bin/sh -c false\" did not complete successfully: exit code: 1",
            ("github.com/moby/buildkit/errdefs.Source+json", """
                {"info":{"filename":"Dockerfile","data":"RlJPTSBiYXNlClJVTiBmYWxzZQo="},"ranges":[{"start":{"line":2},"end":{"line":2}}]}
                """)));

        (await RunAsync(TestContext.Current.CancellationToken)).ShouldBe(1);

        StandardError.ShouldEndWith(
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
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(StatusCode.Unavailable, "registry-1.docker.io: 503 Service Unavailable"));

        (await RunAsync(TestContext.Current.CancellationToken)).ShouldBe(1);

        StandardError.ShouldEndWith("ERROR: failed to solve: registry-1.docker.io: 503 Service Unavailable\n");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_answer_that_is_too_long_is_a_failed_build()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add("LLBBridge/Solve", CallFault.Oversized);

        (await RunAsync(TestContext.Current.CancellationToken)).ShouldBe(1);

        StandardError.ShouldEndWith("ERROR: failed to solve: the engine sent a message of more than 16 MiB\n");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData(StatusEnd.Early)]
    [InlineData(StatusEnd.Never)]
    [InlineData(StatusEnd.Reset)]
    public async Task Progress_never_fails_nor_holds_a_build(StatusEnd end)
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Plan.StatusEnd = end;

        (await RunAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task The_failure_that_came_first_is_the_one_that_is_told()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        var both = new Barrier();
        Engine.Plan.Solve = async scene =>
        {
            await both.MeetAsync(TestContext.Current.CancellationToken);
            if (scene.Request.Exporters[0].Attrs["name"] == "worker:latest")
            {
                throw new RpcException(new Status(StatusCode.Unknown, "worker is broken"));
            }

            await scene.Over.WaitAsync(TestContext.Current.CancellationToken);
            return BuildPlan.TinyResult();
        };

        (await RunAsync(TestContext.Current.CancellationToken, "web", "worker")).ShouldBe(1);

        StandardError.ShouldEndWith("ERROR: target worker: failed to solve: worker is broken\n");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_build_can_be_interrupted()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        Engine.Faults.Add("LLBBridge/Solve", CallFault.Hang);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = RunAsync(interrupt.Token);
        await Engine.Faults.WhenCalledAsync("LLBBridge/Solve", TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await Engine.Builds.ShouldHaveSingleItem().Over.WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task StartAsync(CancellationToken cancellationToken) =>
        _engine = await FakeEngine.StartAsync(cancellationToken);

    private async Task<int> RunAsync(CancellationToken cancellationToken, params string[] targets)
    {
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "Dockerfile"), "FROM base\n", cancellationToken);
        var names = targets is [] ? ["web"] : targets;
        var list = string.Join(',', names.Select(name => $"\"{name}\""));
        var definition =
            $$"""{"group": {"default": {"targets": [{{list}}]} }, "target": { {{string.Join(',', names.Select(Target))}} } }""";
        return await BakeCommand.RunAsync(
            new BakeInvocation
            {
                Arguments = ["bake", "--file", "-", "--progress", "rawjson", "--metadata-file", MetadataPath],
                StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(definition)),
                StandardError = _stderr,
                Environment = new EnvironmentSnapshot(
                    [new("HOME", _root.FullName), new("DOCKER_HOST", "unix://" + Engine.SocketPath)], _root.FullName),
                WorkingDirectory = _root.FullName,
                CacheDirectory = Path.Combine(_root.FullName, "cache"),
                Timeouts = EngineHarness.Impatient,
                Loggers = _log,
            },
            cancellationToken);
    }

    private static string Target(string name) =>
        $$"""
        "{{name}}": {"context": ".", "dockerfile": "Dockerfile", "tags": ["{{name}}:latest"], "output": ["type=docker"]}
        """;

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
