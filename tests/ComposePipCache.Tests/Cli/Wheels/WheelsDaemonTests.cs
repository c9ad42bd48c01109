using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.FakeDaemon;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Tests.FakeDaemon;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Wheels;

public sealed class WheelsDaemonTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly CliHarness _cli = new() { Clock = new FakeTimeProvider(Now) };

    private FakeEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await FakeEngine.StartAsync(TestContext.Current.CancellationToken);
        _cli.Set("DOCKER_HOST", "unix://" + _engine.SocketPath);
        Add("wheels1", "docker-pipcache.wheels", size: 3_000_000, day: 2);
        Add("wheels2", "docker-pipcache.wheels.4711", size: 1000, day: 9);
        Add("tools", "docker-pipcache.cache", size: 500_000, day: 5);
        Add("theirs", "/root/.cache/pip", size: 77, day: 1);
        _engine.Plan.HasContainerdStore = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.WhenIdleAsync();
        await _engine.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task Our_mounts_are_listed()
    {
        _engine.Plan.Usage[2].InUse = true;

        (await RunAsync("ls")).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "wheels-ls-daemon");
    }

    [Fact]
    public async Task And_counted()
    {
        (await RunAsync("du")).ShouldBe(0);

        Golden.Matches(_cli.Output.StandardOutput, "wheels-du-daemon");
    }

    [Theory]
    [InlineData("ls", "mountId", "docker-pipcache.wheels")]
    [InlineData("du", "kind", "wheels")]
    public async Task For_programs_too(string command, string member, string expected)
    {
        await RunAsync(command, "--format", "json");

        JsonDocument.Parse(_cli.Output.StandardOutput).RootElement[0].GetProperty(member).GetString()
            .ShouldBe(expected);
    }

    [Fact]
    public async Task A_prune_asks_and_removes_ours_alone()
    {
        _cli.Terminal.Answer = "y";

        (await RunAsync("prune")).ShouldBe(0);

        _cli.Terminal.Questions.ShouldHaveSingleItem()
            .ShouldStartWith("WARNING! This will remove 3 mounts of pipcache's");
        _engine.Plan.PruneFilters.ShouldBe(["id==wheels1", "id==wheels2", "id==tools"]);
        Left().ShouldBe(["cache1", "cache2", "theirs"]);
        _cli.Output.StandardOutput.ShouldEndWith("\nTotal reclaimed space: 3.3 MiB\n");
    }

    [Fact]
    public async Task By_age_what_was_used_lately_stays()
    {
        await RunAsync("prune", "--force", "--older-than", "4d");

        Left().ShouldBe(["cache1", "cache2", "wheels2", "theirs"]);
    }

    [Fact]
    public async Task What_is_in_use_is_named()
    {
        _engine.Plan.Usage.Single(record => record.ID == "tools").InUse = true;

        (await RunAsync("prune", "--force")).ShouldBe(0);

        _cli.Output.StandardError.ShouldBe("kept docker-pipcache.cache (tools): it is in use\n");
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--force", "--older-than", "100d")]
    public async Task Where_nothing_is_to_go_no_prune_is_sent(params string[] words)
    {
        (await RunAsync(["prune", .. words])).ShouldBe(0);

        _engine.Faults.CallsOf("Control/Prune").ShouldBe(0);
        Left().Length.ShouldBe(6);
    }

    [Fact]
    public async Task An_engine_that_would_lose_its_layers_is_spared()
    {
        _engine.Plan.HasContainerdStore = true;
        _cli.Terminal.Answer = "y";

        var error = await FailAsync("prune");

        error.What.ShouldBe("a prune would cost this engine its whole build cache");
        error.Hint!.ShouldContain("`--force`");
        _engine.Faults.CallsOf("Control/Prune").ShouldBe(0);

        (await RunAsync("prune", "--force")).ShouldBe(0);
        Left().ShouldBe(["cache1", "cache2", "theirs"]);
    }

    [Fact]
    public async Task Without_a_terminal_nothing_goes()
    {
        (await FailAsync("prune")).What.ShouldBe("wheels prune --daemon was not confirmed");

        Left().Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("--all", "prune", "--force", "--all")]
    [InlineData("--unused", "prune", "--force", "--unused")]
    [InlineData("--max-size", "prune", "--force", "--max-size", "1g")]
    [InlineData("--unused", "ls", "--unused")]
    [InlineData("PATTERN", "ls", "foo")]
    [InlineData("--by", "du", "--by", "project")]
    public async Task What_means_the_wheelhouse_alone_is_refused(string option, params string[] words)
    {
        (await FailAsync(words)).What.ShouldBe($"`--daemon` and `{option}` contradict each other");

        _engine.ConnectionsTo("/grpc").ShouldBeEmpty();
    }

    [Fact]
    public async Task Docker_s_own_options_choose_the_engine()
    {
        _cli.Set("DOCKER_HOST", "unix:///nowhere");

        (await _cli.RunAsync("-H", "unix://" + _engine.SocketPath, "pipcache", "wheels", "du", "--daemon")).ShouldBe(0);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_an_error()
    {
        _cli.Set("DOCKER_HOST", "unix:///nowhere");

        (await FailAsync("ls")).What.ShouldContain("/nowhere");
    }

    [Fact]
    public async Task So_is_one_that_stops_answering()
    {
        _engine.Faults.Add("Control/DiskUsage", CallFault.Break);

        (await FailAsync("ls")).Code.ShouldBe("engine-lost");
    }

    // The time is only to end a test that would hang.
    private Task<int> RunAsync(params string[] words) => _cli.RunAsync(["pipcache", "wheels", .. words, "--daemon"])
        .WaitAsync(TimeSpan.FromMilliseconds(EngineHarness.SafetyNet), TestContext.Current.CancellationToken);

    private async Task<ErrorText> FailAsync(params string[] words) =>
        (await Should.ThrowAsync<PipCacheException>(() => RunAsync(words))).Text;

    private string[] Left() =>
        [.. _engine.Plan.Usage.Select(record => record.ID.Replace("-", "", StringComparison.Ordinal))];

    private void Add(string id, string mountId, long size, int day) => _engine.Plan.Usage.Add(new UsageRecord
    {
        ID = id,
        RecordType = BuildPlan.Record(id).RecordType,
        Description = $"cached mount /dev/pipcache from exec sh -c x with id \"{mountId}\"",
        Size = size,
        LastUsedAt = Timestamp.FromDateTimeOffset(Now.AddDays(day - 10)),
    });
}
