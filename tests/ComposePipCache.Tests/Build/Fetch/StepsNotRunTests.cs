using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Tests.Build.Passes;
using ComposePipCache.Tests.BuildKit.Llb;
using ComposePipCache.Tests.Cli;
using ComposePipCache.Wheelhouse.Locks;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fetch;

public sealed class StepsNotRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_that_another_one_stands_on_is_inner()
    {
        var plan = Plan(Graphs.Chain("pip install one", "true", "pip install two"));

        StepsNotRun.Inner(plan).ShouldHaveSingleItem().Exec.Meta.Args[^1].ShouldBe("pip install one");
    }

    [Fact]
    public void Steps_side_by_side_are_not()
    {
        var graph = new Graphs();
        var image = graph.Image("docker-image://docker.io/library/python:3.11");
        var one = graph.Run(image, "pip install one");
        var two = graph.Run(image, "pip install two");

        var plan = Plan(graph.End(graph.Copy(one, two)));

        plan.Steps.Count.ShouldBe(2);
        StepsNotRun.Inner(plan).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_index_is_away_it_is_asked_again_and_nothing_says_that_the_step_ran()
    {
        using var services = Services(retries: 2);
        var step = PipSteps.Create();
        var tries = new List<StepMode?>();

        var work = StepsNotRun.PrepareAsync(services, "web", step, Prepare, Cancelled);
        await LetTimePassAsync(work);

        await work;
        tries.ShouldBe([null, StepMode.Online, StepMode.Online]);
        services.Layers.Find(step.View).Record.ShouldBeNull();

        async Task<PreparedStep> Prepare(StepMode? forced)
        {
            tries.Add(forced);
            await services.Layers.WriteAsync(Record(step), Cancelled);
            return tries.Count < 3 ? throw new IndexUnreachableException("timed out") : Prepared(isComplete: true);
        }
    }

    [Fact]
    public async Task An_index_that_stays_away_is_an_error()
    {
        using var services = Services(retries: 1);

        var work = StepsNotRun.PrepareAsync(
            services, "web", PipSteps.Create(), _ => Task.FromResult(Prepared(isComplete: false)), Cancelled);
        await LetTimePassAsync(work);

        var error = await Should.ThrowAsync<PipCacheException>(() => work);
        error.Text.What.ShouldStartWith("cannot get the packages of ");
        error.Text.Hint.ShouldBe("run it again when there is a network; what was got is kept");
    }

    [Fact]
    public async Task What_was_known_of_the_layer_stays()
    {
        using var services = Services(retries: 0);
        var step = PipSteps.Create();
        await services.Layers.WriteAsync(Record(step) with { Mode = LayerMode.Offline }, Cancelled);

        await StepsNotRun.PrepareAsync(services, "web", step, Prepare, Cancelled);

        services.Layers.Find(step.View).Record.ShouldNotBeNull().Mode.ShouldBe(LayerMode.Offline);

        async Task<PreparedStep> Prepare(StepMode? forced)
        {
            await services.Layers.WriteAsync(Record(step), Cancelled);
            return Prepared(isComplete: true);
        }
    }

    private PipServices Services(int retries) => PipServicesFactory.Create(
        new BakeInvocation
        {
            Arguments = [],
            StandardInput = Stream.Null,
            StandardError = Stream.Null,
            Environment = new EnvironmentSnapshot([], _folder.Path),
            WorkingDirectory = _folder.Path,
            CacheDirectory = _folder.At("cache"),
            Pip = new PipSettings { Retries = retries, Fetch = FetchMode.WithoutBuilding },
            TimeProvider = _time,
        },
        progress: null,
        targets: []);

    private LayerRecord Record(PipStep step) =>
        new() { Layer = step.View, Mode = LayerMode.Online, RecordedAt = _time.GetUtcNow() };

    private static PreparedStep Prepared(bool isComplete) => new()
    {
        Mode = StepMode.Offline,
        Answers = new Dictionary<string, string>(),
        IsLockComplete = isComplete,
        Offered = [],
    };

    private async Task LetTimePassAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static PipPlan Plan(Definition definition) => PipPass.Apply(LlbGraph.Decode(definition), new PipPassOptions
    {
        Directories = new Dictionary<string, string>(),
        BuildName = "build",
        Scope = "public",
        CanShareReadOnly = true,
    });
}
