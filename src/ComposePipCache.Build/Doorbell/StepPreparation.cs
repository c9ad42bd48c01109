using System.Globalization;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Harvest;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Steps;
using ComposePipCache.Python.Links;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Makes steps ready while the daemon waits for their secrets.</summary>
internal sealed class StepPreparation(
    PipServices services, string target, StepContainers containers, CancellationToken cancellationToken)
{
    private const string Install = "install";

    /// <summary>Shows a line of progress below a step.</summary>
    public Func<PipStep, string, Task> ShowAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Finds out what the step needs, puts it into its view, and answers its switches.</summary>
    public async Task<PreparedStep> RunAsync(PipStep step, StepMode? forced)
    {
        await using var container = await containers.OpenAsync(step, cancellationToken);
        var inputs = await StepInputs.ReadAsync(container, step, Inspection(step), cancellationToken);
        var key = inputs.Key(step);
        var fit = new StepFit(step, inputs.Interpreter);
        var supply = await StepSupply.FindAsync(services, step, (key, fit), cancellationToken);
        if (forced is null)
        {
            await ReportAsync(supply, inputs.Describe());
        }

        var (mode, reason) = await DecideAsync(step, inputs, supply, forced);
        await SeedAsync(container, new ViewName(step.Scope, step.View), supply);
        ResolveOutcome? outcome = null;
        if (key is not null && MayResolve(step, mode, (forced, supply.IsLockComplete)))
        {
            outcome = await ResolveAsync(step, inputs, key, supply);
            supply = await StepSupply.FindAsync(services, step, (key, fit), cancellationToken);
            await SeedAsync(container, new ViewName(step.Scope, step.View), supply);
            mode = supply.ModeAfter(outcome.State);
        }

        var prepared = Ready(step, inputs, supply, mode) with { Key = key };
        await PendingRun.BeginAsync(services, target, step, prepared, cancellationToken);
        if (outcome is null ? forced is null : outcome.State == ResolveState.Resolved)
        {
            await TellAsync(prepared, (outcome, reason));
        }

        var acts = step.Analysis.StaysOnline.Concat(inputs.Requirements.StaysOnline);
        if (mode == StepMode.Offline && MoveWording.StillOnline(acts) is { } online)
        {
            await services.Announcer.SayAsync(target, online);
        }

        return prepared;
    }

    private static InspectionRequest Inspection(PipStep step) => new()
    {
        Program = StepInputs.MainCommand(step)?.Program,
        Folder = CacheFolder.Of(step.Scope, step.User),
        Log = step.View,
    };

    private async Task TellAsync(PreparedStep prepared, (ResolveOutcome? Outcome, string? Reason) cause)
    {
        if (prepared.Offered.Count > 0 && prepared.Mode != StepMode.Online)
        {
            await services.Announcer.SayAsync(target, MoveWording.Start(prepared, cause, services.Clock.GetUtcNow()));
        }
    }

    /// <summary>Whether the step's own pip is to be asked first.</summary>
    /// <remarks>A lock that did not fit leads here with the step's own run as the only way on.</remarks>
    private static bool MayResolve(PipStep step, StepMode mode, (StepMode? Forced, bool IsComplete) state) =>
        mode == StepMode.Online && !step.IsCacheTaken && !(state.Forced == StepMode.Online && state.IsComplete);

    /// <summary>Asks the index for all that the step needs, before it runs.</summary>
    /// <exception cref="IndexUnreachableException">It went away; what had come is kept.</exception>
    private async Task<ResolveOutcome> ResolveAsync(PipStep step, StepInputs inputs, StepKey key, StepSupply supply)
    {
        var resolver = new StepResolver(services, target, containers, cancellationToken) { ShowAsync = ShowAsync };
        var answers = StepAnswers.For(step, Basis(inputs, supply, StepMode.Online));
        var outcome = await resolver.RunAsync(
            step, inputs, key, (supply.Files, answers.GetValueOrDefault(Switches.FindLinks)));
        if (outcome.State != ResolveState.Unreachable)
        {
            return outcome;
        }

        // By way of a proxy of its own, say, the step may reach what we do not.
        return await new IndexProbe(containers).AskAsync(step, inputs, cancellationToken) is null
            ? outcome with { State = ResolveState.NotResolved }
            : throw new IndexUnreachableException(outcome.Reason)
            {
                Prepared = Ready(step, inputs, supply, StepMode.Online),
                KeptCount = outcome.KeptCount,
                NeededCount = StepInputs.Count(inputs.Requirements),
            };
    }

    private static PreparedStep Ready(PipStep step, StepInputs inputs, StepSupply supply, StepMode mode) => new()
    {
        Mode = mode,
        Answers = StepAnswers.For(step, Basis(inputs, supply, mode)),
        Lock = supply.Lock,
        IsLockComplete = supply.IsLockComplete,
        IsPinned = inputs.Requirements.IsPinned,
        RequirementCount = StepInputs.Count(inputs.Requirements),
        Offered = supply.Files,
        Interpreter = inputs.Describe(),
        Indexes = inputs.Indexes(step),
    };

    private async Task ReportAsync(StepSupply supply, string interpreter)
    {
        foreach (var line in services.Own.Report().Append(FolderReport.Unfit(supply.Unfit, interpreter)).OfType<string>())
        {
            await services.Announcer.SayAsync(target, line);
        }
    }

    private static AnswerBasis Basis(StepInputs inputs, StepSupply supply, StepMode mode)
    {
        var version = inputs.Interpreter?.PipVersion?.Split('.') ?? [];
        var major = Number(version.ElementAtOrDefault(0));
        var minor = Number(version.ElementAtOrDefault(1)) ?? 0;
        return new AnswerBasis
        {
            Mode = mode,
            CanFallBack = supply.IsLockComplete || supply.OwnCount > 0,
            PipMajor = major,
            PrintsFindLinks = major is null or < 20 || (major == 20 && minor < 3),
            ConfiguredFindLinks = string.Join(' ', inputs.Config.FindAll(Install, "find-links")),
            HasOwnTimes = inputs.Config.Find(Install, "timeout") is not null
                || inputs.Config.Find(Install, "default-timeout") is not null
                || inputs.Config.Find(Install, "retries") is not null,
        };
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<(StepMode Mode, string? Reason)> DecideAsync(PipStep step, StepInputs inputs, StepSupply supply, StepMode? forced)
    {
        var settings = services.Settings;
        var isKnown = inputs.Requirements.IsComplete;
        var situation = new StepSituation
        {
            Forced = forced,
            IsOffline = settings.IsOffline,
            MayFallBack = settings.MayFallBack,
            IsRefresh = settings.IsRefresh,
            IsLockComplete = supply.IsLockComplete,
            IsPinned = isKnown && inputs.Requirements.IsPinned,
            IsLockFresh = isKnown && supply.Lock is { } stepLock
                && services.Clock.GetUtcNow() - stepLock.CreatedAt < settings.RefreshAfter,
            IsLockSuspect = supply.Lock?.IsSuspect == true,
            HasOwnFiles = supply.OwnCount > 0,
        };
        // A step that the network failed before is not run again before there is a network.
        var isRetry = forced == StepMode.Online && supply.Lock is null;
        if (!isRetry && ModeDecision.Decide(situation) is { } decided)
        {
            // pip fills its own cache folder from an index alone.
            return (decided == StepMode.Locked && step.IsCacheTaken ? StepMode.Online : decided, null);
        }

        var failure = await new IndexProbe(containers).AskAsync(step, inputs, cancellationToken);
        return isRetry && failure is not null
            ? throw new IndexUnreachableException(failure)
            : (ModeDecision.After(failure is null), failure);
    }

    private async Task SeedAsync(StepContainer container, ViewName name, StepSupply supply)
    {
        var files = supply.Files
            .Select(file => new SeedFile(file.Stored.Sha256, file.Stored.Size, () => File.OpenRead(file.Stored.Path)))
            .ToList();
        await container.Wheels.AddAsync(files, cancellationToken);
        var page = LinksPage.Write(supply.Files.Select(file => (file.Name, file.Stored.Sha256)));
        await container.Wheels.PublishAsync(
            new View(
                name,
                [.. supply.Files.Select(file => new ViewEntry(file.Name, file.Stored.Sha256))],
                page,
                BuildKit.Llb.Digest.Of(page)),
            cancellationToken);
    }
}
