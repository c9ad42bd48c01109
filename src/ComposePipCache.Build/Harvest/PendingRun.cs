using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Links;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Harvest;

/// <summary>
/// An online run that is written down before it begins. Where the command ends after the step and before its harvest, the
/// next build finds the step cached, and this tells it that the files are still to be brought home.
/// </summary>
internal static class PendingRun
{
    /// <summary>Writes down that a step is about to run.</summary>
    /// <param name="services">Keeps the record.</param>
    /// <param name="target">Names the lock.</param>
    /// <param name="step">What is about to run.</param>
    /// <param name="prepared">How; only an online run with a key leaves something to harvest.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public static async Task BeginAsync(
        PipServices services, string target, PipStep step, PreparedStep prepared, CancellationToken cancellationToken)
    {
        // The mounts of a step that had to run again belong to this build: nobody will find a log there.
        if (prepared is not { Mode: StepMode.Online, Key: { } key } || step.Ids != InjectedMounts.Ids(suffix: null))
        {
            return;
        }

        var now = services.Clock.GetUtcNow();
        // Until the run is brought home the layer in the build cache is the earlier one.
        var earlier = services.Layers.Find(step.View).Record;
        await services.Layers.WriteAsync(
            new LayerRecord
            {
                Layer = step.View,
                Mode = earlier?.Mode ?? LayerMode.Online,
                RecordedAt = earlier?.RecordedAt ?? now,
                LockKey = earlier?.LockKey,
                Pending = new StepLocks(services, target).Create(
                    key, LockedStep.Of(step, key, prepared), [.. prepared.Offered.Select(file => StepLocks.FileOf(file.Stored))]),
            },
            cancellationToken);
    }

    /// <summary>The run of a step that is in the build cache now; null when nothing is left to bring home.</summary>
    public static async Task<PreparedStep?> FindAsync(PipServices services, PipStep step, CancellationToken cancellationToken)
    {
        if (services.Layers.Find(step.View).Record?.Pending is not { } pending)
        {
            return null;
        }

        IFileSource[] sources = [.. services.Own.Folders, services.Store];
        var offered = await LockCompleteness.CheckAsync(pending, sources, cancellationToken);
        return new PreparedStep
        {
            Mode = StepMode.Online,
            Answers = new Dictionary<string, string>(),
            Key = new StepKey(pending.KeyText, pending.Key),
            IsPinned = pending.IsPinned,
            Interpreter = pending.Interpreter,
            Indexes = pending.Indexes,
            Offered =
            [
                .. offered.Present.Select(found =>
                    new OfferedFile(BuildTagAlias.Of(found.Locked.FileName), found.Stored, IsOwn: false)),
            ],
        };
    }
}
