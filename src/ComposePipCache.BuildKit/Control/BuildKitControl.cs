using System.Runtime.CompilerServices;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Workers;

namespace ComposePipCache.BuildKit.Control;

/// <summary>Questions to BuildKit that belong to no build.</summary>
public sealed class BuildKitControl(BuildKitConnection connection)
{
    /// <summary>The daemon's version; <c>v0.0.0+unknown</c> in some distributions, so never gate on it.</summary>
    public async Task<BuildkitVersion> GetVersionAsync(CancellationToken cancellationToken)
    {
        var info = await connection.AskAsync(
            "Info",
            options => connection.Control.InfoAsync(new InfoRequest(), options),
            headers: null,
            cancellationToken);
        return info.BuildkitVersion;
    }

    /// <summary>
    /// Workers with their labels; the label <c>org.mobyproject.buildkit.worker.snapshotter</c> tells the store.
    /// </summary>
    public async Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken)
    {
        var workers = await connection.AskAsync(
            "ListWorkers",
            options => connection.Control.ListWorkersAsync(new ListWorkersRequest(), options),
            headers: null,
            cancellationToken);
        return workers.Record;
    }

    /// <summary>What the build cache holds. Filters are containerd's: a comma is AND, a further entry OR.</summary>
    public async Task<IReadOnlyList<UsageRecord>> GetDiskUsageAsync(
        IEnumerable<string> filters,
        CancellationToken cancellationToken)
    {
        using var call = connection.Control.DiskUsageAsync(
            new DiskUsageRequest { Filter = { filters } }, cancellationToken: cancellationToken);
        var usage = await GrpcCalls.UnwrapAsync(call.ResponseAsync, cancellationToken);
        return usage.Record;
    }

    /// <summary>Removes what the filters match and yields each record as it goes.</summary>
    public async IAsyncEnumerable<UsageRecord> PruneAsync(
        PruneRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = connection.Control.Prune(request, cancellationToken: cancellationToken);
        while (await GrpcCalls.UnwrapAsync(call.ResponseStream.MoveNext(cancellationToken), cancellationToken))
        {
            yield return call.ResponseStream.Current;
        }
    }
}
