using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.Python.Failures;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Resolving;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>
/// Learns the exact files of a step before it runs, and fetches them: the step's own pip, dry, in a container of its
/// own whose requests come to this process.
/// </summary>
internal sealed class StepResolver(
    PipServices services, string target, StepContainers containers, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly DownloadMeter _meter = new(services.Clock);

    /// <summary>Shows a line of progress below a step.</summary>
    public Func<PipStep, string, Task> ShowAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Resolves a step whose lock is not known or no longer good.</summary>
    /// <param name="step">The step.</param>
    /// <param name="inputs">What it asks for.</param>
    /// <param name="key">Under which its lock is written.</param>
    /// <param name="view">The files in its view, and what its pip is told of them.</param>
    public async Task<ResolveOutcome> RunAsync(
        PipStep step, StepInputs inputs, StepKey key, (IReadOnlyList<OfferedFile> Files, string? FindLinks) view)
    {
        if (inputs.Interpreter is not { PipVersion: { } pip } interpreter || CommandsFor(step, pip, "/").Commands.Count == 0)
        {
            return ResolveOutcome.Nothing;
        }

        try
        {
            await using var process = await containers.StartAsync(
                step, [interpreter.Path, "-IS", "-c", RelayScript.Text], cancellationToken);
            await using var ahead = new StepReadAhead(services.Store, step, inputs, view.Files)
            {
                MayUseKeptPages = !services.Settings.IsRefresh,
            };
            await using var relay = await IndexRelay.StartAsync(
                process.Output, process.Input, Serving(ahead), ResolveOrigins.Of(step, inputs), loggers: null, cancellationToken);
            ahead.Begin(relay.Serving);
            using var timer = new PeriodicTimer(Tick, services.Clock);
            var telling = TellAsync(step, timer);
            var outcome = await RunAsync(relay, ahead, CommandsFor(step, pip, relay.Relay.Folder), (step, inputs, key), view);
            timer.Dispose();
            await telling;
            return outcome;
        }
        catch (Exception error) when (error is RelayEndedException or RelayRefusedException or BuildKit.Errors.BuildKitException)
        {
            // An interpreter that cannot run the script, or a container that the engine does not give.
            return ResolveOutcome.Nothing;
        }
        catch (WheelhouseException failure)
        {
            await services.Announcer.SayAsync(
                target, $"what pip needs could not be kept: {failure.Message.ReplaceLineEndings(" ")}");
            return ResolveOutcome.Nothing;
        }
    }

    private async Task<ResolveOutcome> RunAsync(
        IndexRelay relay,
        StepReadAhead ahead,
        ResolveCommands commands,
        (PipStep Step, StepInputs Inputs, StepKey Key) wanted,
        (IReadOnlyList<OfferedFile> Files, string? FindLinks) view)
    {
        var locked = LockedStep.Of(wanted.Step, wanted.Key, wanted.Inputs);
        var files = new ResolvedFiles(services.Store, relay.Serving, view.Files);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunPipAsync(relay, commands, files, view, ending.Token);
        if (Foresight.IsPossible(wanted.Step, wanted.Inputs, commands)
            && await Task.WhenAny(running, ahead.Foretold) != running)
        {
            // Nothing that pip could say would change it.
            await ending.CancelAsync();
            await ((Task)running).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
            files.Set(await ahead.Foretold);
            return await KeepAsync(relay, files, locked, ResolveState.Resolved, reason: "");
        }

        var (hasFailed, console) = await running;
        var failure = relay.Serving.Failures.FirstOrDefault(one => one.Cause is not null);
        var isWhole = !hasFailed && failure is null && commands.IsComplete;
        return await KeepAsync(
            relay,
            files,
            locked,
            isWhole ? ResolveState.Resolved : StateAfter(failure, console),
            failure is null ? "" : Phrase(failure));
    }

    private static async Task<(bool HasFailed, string Console)> RunPipAsync(
        IndexRelay relay,
        ResolveCommands commands,
        ResolvedFiles files,
        (IReadOnlyList<OfferedFile> Files, string? FindLinks) view,
        CancellationToken end)
    {
        var hasFailed = false;
        var console = new TailStream(() => { });
        foreach (var command in commands.Commands.TakeWhile(_ => !hasFailed))
        {
            var run = OwnLinks.Offer(Command(command), relay.Relay.Folder, view.FindLinks, view.Files);
            var exitCode = await relay.RunPipAsync(run with { Output = console }, end);
            hasFailed = exitCode != 0 || (command.Report is { } report
                && !await files.AddAsync(await relay.Relay.ReadFileAsync(report, end), end));
        }

        return (hasFailed, console.ToString());
    }

    private async Task<ResolveOutcome> KeepAsync(
        IndexRelay relay,
        ResolvedFiles files,
        LockedStep wanted,
        ResolveState state,
        string reason)
    {
        var isWhole = state == ResolveState.Resolved;
        var kept = isWhole ? files.All : files.Kept;
        await new StepLocks(services, target).KeepAsync(wanted, kept, (isWhole, IsSuspect: false), cancellationToken);
        var fetched = relay.Serving.Fetched;
        return new ResolveOutcome
        {
            State = state,
            Reason = reason,
            KeptCount = kept.Count,
            FetchedCount = fetched.Count,
            FetchedBytes = fetched.Sum(file => file.Size),
        };
    }

    private async Task TellAsync(PipStep step, PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (_meter.Line() is { } line)
            {
                await ShowAsync(step, "fetching ahead of pip: " + line);
            }
        }
    }

    /// <summary>A server that answers is there: what pip makes of it, the step itself has to show.</summary>
    private static ResolveState StateAfter(OriginFailure? failure, string console) => failure switch
    {
        { Cause: DownloadFailureKind.Unreachable or DownloadFailureKind.Interrupted or DownloadFailureKind.TimedOut } =>
            ResolveState.Unreachable,
        null when FailureClassifier.Classify(new FailedRun(1, null, console)) is
            FailureVerdict.NotNetwork { Cause: OtherCause.BuildFailed } => ResolveState.DoesNotBuild,
        _ => ResolveState.NotResolved,
    };

    private static ResolveCommands CommandsFor(PipStep step, string pip, string folder) =>
        ResolveCommands.For(step.Analysis, new ResolveSettings { PipVersion = pip, Folder = folder });

    private static RelayCommand Command(ResolveCommand command) => new(command.Arguments)
    {
        Set = command.Environment.Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
        Unset = [.. command.Environment.Where(pair => pair.Value is null).Select(pair => pair.Key)],
        Directory = command.WorkingDirectory,
    };

    private ServingOptions Serving(IReadAhead ahead) => new()
    {
        Store = services.Store,
        Documents = services.Documents,
        Time = services.Clock,
        Downloads = services.Downloads,
        ReadAhead = ahead,
        ProgressOf = _meter.Of,
    };

    private static string Phrase(OriginFailure failure) =>
        failure.Message.Length > 0 ? char.ToLowerInvariant(failure.Message[0]) + failure.Message[1..].TrimEnd('.') : "no answer";
}
