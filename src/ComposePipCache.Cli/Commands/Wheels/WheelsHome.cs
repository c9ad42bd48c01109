using ComposePipCache.Cli.Settings;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>The wheelhouse of this user, opened for one command.</summary>
internal sealed class WheelsHome(CommandServices services) : IDisposable
{
    public WheelhouseStore Store { get; } = WheelhouseStore.OpenIn(CacheDirectory.Locate(services.Environment));

    /// <summary>What is there now; locks that cannot be read are warned of.</summary>
    public WheelhouseInventory Read()
    {
        var inventory = WheelhouseInventory.Read(Store);
        foreach (var problem in inventory.Problems)
        {
            services.Output.Note($"warning: {problem.What}: {problem.Why}");
        }

        return inventory;
    }

    public void Dispose() => Store.Dispose();
}
