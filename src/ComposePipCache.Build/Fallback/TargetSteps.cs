using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Build.Harvest;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Python.Logs;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Fallback;

/// <summary>The pip steps of one target over all attempts at it.</summary>
internal sealed class TargetSteps(PipServices services, string target, DoorbellSecrets doorbell)
{
    private readonly Dictionary<string, StepLadder> _ladders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepMode> _modes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notServed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepFailure> _failures = new(StringComparer.Ordinal);
    private StepFailure? _failure;

    /// <summary>What to tell the user after a failure that is final; null where the daemon's message says it all.</summary>
    public string? Advice { get; private set; }

    /// <summary>What a step lacked; it counts where it had to do without the network.</summary>
    public string? Gap { get; private set; }

    /// <summary>Rewrites the target's graph for the coming attempt.</summary>
    public PipPlan Plan(LlbGraph graph, PipPassOptions options) => PipPass.Apply(graph, options with
    {
        MustRunAgain = view => services.MustRunAgain(view),
        NotServed = _notServed,
    });

    /// <summary>Evaluates the result; what ran is harvested, what failed is judged.</summary>
    public async Task EvaluateAsync(
        PipPlan plan, GatewayClient gateway, string refId, TargetProgress progress, CancellationToken cancellationToken)
    {
        var containers = new StepContainers(gateway, plan.Graph);
        var preparation = new StepPreparation(services, target, containers, cancellationToken)
        {
            ShowAsync = (step, line) => progress.ShowAsync(step.Vertex.Digest, [line]),
        };
        var bells = plan.Steps.Select(step => new StepBell(step, ring => preparation.RunAsync(ring, ModeOf(ring)))).ToList();
        bells.ForEach(doorbell.Add);
        Hold(plan);
        var harvest = new StepHarvest(services, target, containers, cancellationToken);
        try
        {
            await gateway.EvaluateAsync(refId, cancellationToken);
            await harvest.RunAsync(bells, hasFailed: false);
            if (harvest.Suspect is { } suspect && !services.Settings.MayFallBack)
            {
                throw new PipCacheException(suspect);
            }

            await TellOfCachedAsync(bells.Where(bell => !bell.HasRung));
            await BuildMounts.RemoveAsync(plan, gateway, cancellationToken);
        }
        catch (BuildKitException e) when (e is not ConnectionLostException && !cancellationToken.IsCancellationRequested)
        {
            await harvest.RunAsync(bells, hasFailed: true);
            if (Culprit(e, bells) is { } failed)
            {
                await JudgeAsync(failed, e, harvest.Of(failed), progress);
            }

            throw;
        }
        finally
        {
            bells.ForEach(doorbell.Remove);
        }
    }

    /// <summary>Gets the files of steps that are not to run, on parents that are built.</summary>
    /// <remarks>A step that another one stands on runs as usual: there is no parent without it.</remarks>
    public async Task PrepareAsync(
        PipPlan plan, GatewayClient gateway, TargetProgress progress, CancellationToken cancellationToken)
    {
        var inner = StepsNotRun.Inner(plan);
        var containers = new StepContainers(gateway, plan.Graph);
        var preparation = new StepPreparation(services, target, containers, cancellationToken)
        {
            // The step itself is never shown.
            ShowAsync = (_, line) => services.Announcer.SayAsync(target, line),
        };
        foreach (var step in plan.Steps.Where(step => !inner.Contains(step)))
        {
            if (await containers.ParentRefAsync(step, cancellationToken) is { Length: > 0 } parent)
            {
                await EvaluateAsync(plan with { Steps = inner }, gateway, parent, progress, cancellationToken);
            }

            await StepsNotRun.PrepareAsync(
                services, target, step, forced => preparation.RunAsync(step, forced ?? ModeOf(step)), cancellationToken);
        }

        await BuildMounts.RemoveAsync(plan, gateway, cancellationToken);
    }

    /// <summary>The attempt's solve is closed.</summary>
    public void Close()
    {
        services.Gate.Leave(_held);
        _held.Clear();
    }

    /// <summary>Decides after a failed attempt, and waits until the next one may begin.</summary>
    /// <returns>False when the failure is final.</returns>
    public async Task<bool> MoveOnAsync(CancellationToken cancellationToken)
    {
        if (_failure is not { } failure)
        {
            return false;
        }

        _failure = null;
        var view = failure.Bell.Step.View;
        var move = Ladder(view).Next(failure, services.Settings.IsOffline == true);
        if (move.Kind == MoveKind.GiveUp)
        {
            Gap = OfflineGap.Of(failure);
            Advice = FailureAdvice.For(failure);
            return false;
        }

        await services.Announcer.SayAsync(target, MoveWording.Of(failure, move, services.Clock.GetUtcNow()));
        Take(move, view);
        await services.Gate.WaitAsync([failure.Bell.Step.SwitchPrefix], cancellationToken);
        await Task.Delay(move.Delay, services.Clock, cancellationToken);
        return true;
    }

    /// <summary>One layer serves all modes: a cached one may come from a build without the index.</summary>
    private async Task TellOfCachedAsync(IEnumerable<StepBell> bells)
    {
        foreach (var bell in bells)
        {
            var record = services.Layers.Find(bell.Step.View).Record;
            if (record?.LockKey is { } key)
            {
                services.Locks.MarkUsed(key, services.Clock.GetUtcNow());
            }

            if (record is { Mode: LayerMode.Offline })
            {
                var age = Wording.Ago(services.Clock.GetUtcNow() - record.RecordedAt);
                await services.Announcer.SayAsync(target, $"cached, from a build without the index {age}; --refresh asks it again");
            }
        }
    }

    private async Task JudgeAsync(
        StepBell failed, BuildKitException failure, HarvestedStep? harvest, TargetProgress progress)
    {
        var vertex = failed.Step.Vertex.Digest;
        _failure = Remember(StepJudge.Judge(failed, failure, progress.ConsoleOf(vertex), harvest));
        if (harvest?.PipLog is { } log && FailedBuild.Last(new StringReader(log)) is { } build)
        {
            // pip told the log alone, because we had it write one.
            await progress.ShowAsync(vertex, build.Output);
        }
    }

    /// <summary>A step that was not even begun keeps what an earlier attempt had.</summary>
    private StepFailure Remember(StepFailure failure)
    {
        var view = failure.Bell.Step.View;
        var isBegun = failure.NeededCount > 0 || !_failures.ContainsKey(view);
        return _failures[view] = isBegun ? failure : failure with
        {
            KeptCount = _failures[view].KeptCount,
            NeededCount = _failures[view].NeededCount,
        };
    }

    private void Take(NextMove move, string view)
    {
        if (move.Kind == MoveKind.LeaveAlone)
        {
            _notServed.Add(view);
        }
        else if (move.Mode is { } mode)
        {
            _modes[view] = mode;
        }
    }

    private StepMode? ModeOf(PipStep step) => _modes.TryGetValue(step.View, out var mode) ? mode : null;

    private StepLadder Ladder(string view)
    {
        if (!_ladders.TryGetValue(view, out var ladder))
        {
            var settings = services.Settings;
            ladder = new StepLadder(settings.Retries, settings.MayFallBack);
            _ladders.Add(view, ladder);
        }

        return ladder;
    }

    private void Hold(PipPlan plan)
    {
        var names = plan.Steps.Select(step => step.SwitchPrefix).Where(_held.Add).ToList();
        services.Gate.Enter(names);
    }

    /// <summary>The step that failed; a merged step may fail under the name it has in another build.</summary>
    private static StepBell? Culprit(BuildKitException failure, List<StepBell> bells)
    {
        var digest = (failure as SolveException)?.Details.VertexDigest;
        return bells.Find(bell => bell.Step.Vertex.Digest == digest)
            ?? bells.Find(bell => bell.Failure is not null)
            ?? (bells.Where(bell => bell.HasRung).ToList() is [var only] && IsExit(failure) ? only : null);
    }

    private static bool IsExit(BuildKitException failure) => failure is SolveException { Details: { ExitCode: not null, VertexDigest: null } };
}
