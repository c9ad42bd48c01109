using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Failures;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Harvest;

/// <summary>Takes away copies of wheels that are no longer what they were, so that the step gets them anew.</summary>
internal static class DamagedCopies
{
    /// <summary>Whether pip's log says that a file is not the one its name or hash promises.</summary>
    public static bool AreSuspected(string log) => FailureClassifier.Classify(new FailedRun(1, log, "")) is
        FailureVerdict.NotNetwork { Cause: OtherCause.HashMismatch or OtherCause.InvalidWheel }
        or FailureVerdict.Network { Cause: NetworkCause.Damaged or NetworkCause.DamagedInCache };

    /// <summary>Compares what the step was offered with its sha256, in the engine and where that differs on the host.</summary>
    /// <returns>Names of the files that are gone now.</returns>
    public static async Task<IReadOnlyList<string>> RemoveAsync(
        PipServices services, StepContainer container, PipStep step, PreparedStep prepared, CancellationToken cancellationToken)
    {
        var view = new ViewName(step.Scope, step.View);
        var entries = prepared.Offered.Select(file => new ViewEntry(file.Name, file.Stored.Sha256));
        var spoiled = await container.Wheels.RemoveSpoiledAsync(view, entries, cancellationToken);
        var files = prepared.Offered.Where(file => spoiled.Contains(file.Stored.Sha256)).ToList();
        foreach (var file in files.Where(file => !file.IsOwn))
        {
            if (await WheelhouseStore.VerifyAsync(file.Stored, cancellationToken) == StoredFileState.Damaged)
            {
                services.Store.Remove(file.Stored);
            }
        }

        return [.. files.Select(file => file.Stored.FileName)];
    }
}
