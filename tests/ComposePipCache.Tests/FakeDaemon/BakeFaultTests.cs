using ComposePipCache.Build;
using ComposePipCache.FakeDaemon.Network;
using ComposePipCache.FakeDaemon.Rpc;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class BakeFaultTests
{
    private const string Lost = "the engine stopped answering during the build";

    private static readonly Dictionary<string, CallFault> Calls = new(StringComparer.Ordinal)
    {
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
        ["close"] = UpgradeFault.Close,
        ["404"] = UpgradeFault.Refuse("404 Not Found"),
        ["403"] = UpgradeFault.Refuse("403 Forbidden"),
    };

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("/session", "close", "engine-lost", Lost, "the engine closed the connection before it answered /session")]
    [InlineData("/grpc", "close", "engine-lost", Lost, "the engine closed the connection before it answered /grpc")]
    [InlineData("/session", "404", "engine-no-buildkit", "the engine does not offer BuildKit", "the engine refused to upgrade /session: HTTP/1.1 404 Not Found")]
    [InlineData("/grpc", "404", "engine-no-buildkit", "the engine does not offer BuildKit", "the engine refused to upgrade /grpc: HTTP/1.1 404 Not Found")]
    [InlineData("/grpc", "403", "engine-denied", "the engine denies access to its builder", "the engine refused to upgrade /grpc: HTTP/1.1 403 Forbidden")]
    public async Task An_upgrade_that_fails_is_worded(string path, string fault, string code, string what, string why)
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults[path] = Upgrades[fault];

        var text = (await Should.ThrowAsync<PipCacheException>(() => harness.RunAsync())).Text;

        (text.Code, text.What, text.Why).ShouldBe((code, what, why));
        text.Hint.ShouldNotBeNullOrEmpty();
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
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
        await using var harness = await BakeHarness.StartAsync(
            TestContext.Current.CancellationToken, EngineHarness.Pinging);
        harness.Engine.Faults.Add(method, Calls[fault]);

        var text = (await Should.ThrowAsync<PipCacheException>(() => harness.RunAsync())).Text;

        text.Code.ShouldBe(code);
        text.Why.ShouldNotBeNull().ShouldContain(why);
        text.Hint.ShouldNotBeNullOrEmpty();
        File.Exists(harness.MetadataPath).ShouldBeFalse();
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_connection_lost_by_several_targets_is_told_once()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Break);

        var text = (await Should.ThrowAsync<PipCacheException>(
            () => harness.RunAsync("web", "worker"))).Text;

        (text.Code, text.What).ShouldBe(("engine-lost", Lost));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task An_engine_that_is_not_there_is_worded()
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        File.Delete(harness.Engine.SocketPath);

        var text = (await Should.ThrowAsync<PipCacheException>(() => harness.RunAsync())).Text;

        (text.Code, text.Why).ShouldBe(("engine-unreachable", "there is no such socket"));
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("/session")]
    [InlineData("/grpc")]
    public async Task An_upgrade_that_is_not_answered_is_worded(string path)
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.UpgradeFaults[path] = UpgradeFault.Hang;

        var running = harness.RunAsync();
        await harness.Engine.WhenConnectedAsync(path, harness.Token);
        await harness.LetTimePassAsync(running, TimeSpan.FromSeconds(20));

        // Calls share the connection: the one that did not open it may be the first to lose patience.
        ShouldBeSilent(
            await Should.ThrowAsync<PipCacheException>(() => running),
            $"the engine did not answer {path} within 20 s",
            "the engine did not answer Ping within 40 s");
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("Ping")]
    [InlineData("Return")]
    public async Task A_call_that_is_not_answered_is_worded(string method)
    {
        await using var harness = await BakeHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add($"LLBBridge/{method}", CallFault.Hang, times: 1);

        var running = harness.RunAsync();
        await harness.Engine.Faults.WhenCalledAsync($"LLBBridge/{method}", harness.Token);
        await harness.LetTimePassAsync(running, TimeSpan.FromSeconds(40));

        ShouldBeSilent(await Should.ThrowAsync<PipCacheException>(() => running), $"the engine did not answer {method} within 40 s");
    }

    private static void ShouldBeSilent(PipCacheException failure, params string[] whys)
    {
        (failure.Text.Code, failure.Text.What).ShouldBe(("engine-silent", "the engine does not answer"));
        failure.Text.Why.ShouldBeOneOf(whys);
        failure.Text.Hint.ShouldNotBeNullOrEmpty();
    }
}
