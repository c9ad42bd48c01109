using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Harvest;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Bake;

/// <summary>Puts together what serves pip steps. Nothing is read or asked before a step rings.</summary>
internal static class PipServicesFactory
{
    public static PipServices Create(BakeInvocation invocation, SolveStatusWriter? progress, IEnumerable<BakeTarget> targets)
    {
        var store = WheelhouseStore.OpenIn(invocation.CacheDirectory);
        return new PipServices
        {
            Settings = invocation.Pip,
            Store = store,
            Locks = new LockStore(store),
            Layers = new LayerRecords(store),
            Own = new OwnFolders(invocation.Pip.FindLinks, store, invocation.TimeProvider),
            Fetcher = new FileFetcher(store, invocation.TimeProvider),
            Announcer = new Announcer(
                invocation.Pip.IsProgressHidden ? null : progress, invocation.Pip.AnnouncementsFile, invocation.TimeProvider),
            Labels = targets.ToDictionary(target => target.Name, TargetLabel.Of, StringComparer.Ordinal),
            Gate = new StepGate(),
            Clock = invocation.TimeProvider,
        };
    }
}
