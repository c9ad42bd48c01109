using System.Text;
using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Python.Failures;
using ComposePipCache.Python.Logs;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Harvest;

/// <summary>Brings home what steps downloaded and compiled, and writes their locks.</summary>
internal sealed class StepHarvest(
    PipServices services, string target, StepContainers containers, CancellationToken cancellationToken)
{
    private readonly Dictionary<StepBell, HarvestedStep> _done = [];

    /// <summary>Harvests every step that ran, and where the build is good also those that an earlier command ran.</summary>
    /// <param name="bells">All steps.</param>
    /// <param name="hasFailed">Whether the build failed.</param>
    public async Task RunAsync(IReadOnlyList<StepBell> bells, bool hasFailed)
    {
        foreach (var bell in bells)
        {
            try
            {
                if (bell.Prepared is { } prepared)
                {
                    await HarvestAsync(bell, prepared, hasFailed);
                }
                else if (!hasFailed && !bell.HasRung
                    && await PendingRun.FindAsync(services, bell.Step, cancellationToken) is { } pending)
                {
                    await HarvestAsync(bell, pending, hasFailed);
                    await EndAsync(bell.Step.View);
                }
            }
            catch (Exception e) when (e is SeedException or Wheelhouse.Errors.WheelhouseException or BuildKit.Errors.BuildKitException)
            {
                // The image is built; the next build downloads again, and says so here.
                await services.Announcer.SayAsync(target, $"what pip downloaded could not be kept: {e.Message.ReplaceLineEndings(" ")}");
            }
        }
    }

    /// <summary>That a step ended well although the network failed it; null where none did.</summary>
    public ErrorText? Suspect { get; private set; }

    /// <summary>What a step left behind; null when it was not harvested.</summary>
    public HarvestedStep? Of(StepBell bell) => _done.GetValueOrDefault(bell);

    private async Task HarvestAsync(StepBell bell, PreparedStep prepared, bool hasFailed)
    {
        if (prepared.Mode != StepMode.Online && !hasFailed && !MayCompile(prepared))
        {
            await RecordUnchangedAsync(bell, prepared);
            return;
        }

        await using var container = await containers.OpenAsync(bell.Step, cancellationToken);
        var folder = CacheFolder.Of(bell.Step.Scope, bell.Step.User);
        var log = await ReadLogAsync(container, folder, bell.Step.View);
        var summary = PipLogReader.Read(new StringReader(log ?? ""));
        var collector = new FileCollector(services, container, folder, cancellationToken);
        var files = await collector.CollectAsync(summary, prepared.Offered);
        var mended = hasFailed && DamagedCopies.AreSuspected(log ?? "")
            ? await DamagedCopies.RemoveAsync(services, container, bell.Step, prepared, cancellationToken)
            : [];
        _done[bell] = new HarvestedStep
        {
            PipLog = log,
            Mended = [.. mended, .. files.Damaged],
            KeptCount = files.Kept.Count(file => file.Kind != LockedFileKind.Built),
            WantedCount = summary.Files.Count,
        };
        if (prepared.Mode != StepMode.Online)
        {
            await KeepCompiledAsync(bell, prepared, files, hasFailed);
            return;
        }

        if (prepared.Key is null || log is null)
        {
            return;
        }

        var isWhole = !hasFailed && files.Lost.Count == 0 && (summary.Installed.Count > 0 || summary.SatisfiedCount > 0);
        await KeepAsync((bell, prepared), summary, files, isWhole, IsSuspect(log, summary, hasFailed));
    }

    /// <summary>The lock has an sdist without a wheel that was made of it.</summary>
    private static bool MayCompile(PreparedStep prepared) => prepared.Lock is { } stepLock
        && stepLock.Files.Any(file => file.Kind == LockedFileKind.Sdist)
        && stepLock.Files.All(file => file.Kind != LockedFileKind.Built);

    /// <summary>Adds the wheels that pip made of a lock's sdists to the lock: they are not made again.</summary>
    private async Task KeepCompiledAsync(StepBell bell, PreparedStep prepared, CollectedFiles files, bool hasFailed)
    {
        var built = files.Kept.Where(file => file.Kind == LockedFileKind.Built).ToList();
        if (built.Count > 0 && prepared.Lock is { } stepLock)
        {
            await services.Locks.WriteAsync(stepLock with { Files = [.. stepLock.Files, .. built] }, cancellationToken);
        }

        if (!hasFailed)
        {
            await RecordUnchangedAsync(bell, prepared);
        }
    }

    /// <summary>What is pinned comes out the same; the rest may be older than an index would have it.</summary>
    private Task RecordUnchangedAsync(StepBell bell, PreparedStep prepared)
    {
        var isSame = prepared.Mode == StepMode.Locked || prepared.IsPinned;
        return RecordAsync(bell, isSame ? LayerMode.Online : LayerMode.Offline, prepared.Lock?.Key);
    }

    private static bool IsSuspect(string log, PipLogSummary summary, bool hasFailed)
    {
        if (hasFailed)
        {
            return false;
        }

        // A step that swallows the failure (`|| true`) leaves no success in the log either.
        return summary.MissedPages.Count > 0
            || (summary.Installed.Count == 0
                && FailureClassifier.Classify(new FailedRun(1, log, "")) is FailureVerdict.Network);
    }

    private async Task KeepAsync(
        (StepBell Bell, PreparedStep Prepared) run, PipLogSummary summary, CollectedFiles files, bool isWhole, bool isSuspect)
    {
        var (bell, prepared) = run;
        var locked = LockedStep.Of(bell.Step, prepared.Key!, prepared);
        await new StepLocks(services, target).KeepAsync(locked, files.Kept, (isWhole, isSuspect), cancellationToken);
        await RecordAsync(bell, isSuspect ? LayerMode.Suspect : LayerMode.Online, isWhole ? locked.Key.Digest : null);
        Suspect = isSuspect ? SuspectWording.Refusal(target, summary) : Suspect;
        if (isSuspect && services.Settings.MayFallBack)
        {
            await services.Announcer.SayAsync(target, SuspectWording.Of(summary));
        }
        else if (!isSuspect && files.Lost.Count > 0)
        {
            await services.Announcer.SayAsync(
                target, $"{Wording.Count(files.Lost.Count, "file")} could not be kept, {files.Lost[0]} for one: not ready for offline");
        }
    }

    private async Task RecordAsync(StepBell bell, LayerMode mode, string? lockKey) => await services.Layers.WriteAsync(
        new LayerRecord
        {
            Layer = bell.Step.View,
            Mode = mode,
            RecordedAt = services.Clock.GetUtcNow(),
            LockKey = lockKey ?? services.Layers.Find(bell.Step.View).Record?.LockKey,
        },
        cancellationToken);

    /// <summary>Whatever came of it: where the daemon lost the log there is nothing to wait for.</summary>
    private async Task EndAsync(string view)
    {
        if (services.Layers.Find(view).Record is { Pending: not null } record)
        {
            await services.Layers.WriteAsync(record with { Pending = null }, cancellationToken);
        }
    }

    private async Task<string?> ReadLogAsync(StepContainer container, CacheFolder folder, string view)
    {
        string? text = null;
        await container.Cache.CopyOutAsync(
            folder,
            [$"logs/{view}/pip.log"],
            async (_, content) =>
            {
                using var buffer = new MemoryStream();
                await content.CopyToAsync(buffer, cancellationToken);
                text = Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            },
            cancellationToken);
        return text is { Length: > 0 } ? text : null;
    }
}
