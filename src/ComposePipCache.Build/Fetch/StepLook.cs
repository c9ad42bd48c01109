using ComposePipCache.Build.Passes;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Fetch;

/// <summary>Tells what is at hand for the pip steps of a target, as far as it is known without building.</summary>
internal sealed class StepLook(PipServices services, FetchReport report, string target)
{
    public async Task ReportAsync(IReadOnlyList<PipStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            await report.WriteAsync(new FetchNote(target) { Step = await LookAsync(step, cancellationToken) });
        }
    }

    private async Task<StepReport> LookAsync(PipStep step, CancellationToken cancellationToken)
    {
        var record = services.Layers.Find(step.View).Record;
        if (record?.LockKey is not { } key || services.Locks.Find(key).Record is not { } stepLock)
        {
            return new StepReport(step.Vertex.Name, IsKnown: false, 0, []);
        }

        IFileSource[] sources = [.. services.Own.Folders, services.Store];
        var found = await LockCompleteness.CheckAsync(stepLock, sources, cancellationToken);
        return new StepReport(
            step.Vertex.Name, IsKnown: true, stepLock.Files.Count, [.. found.Missing.Select(file => file.FileName)]);
    }
}
