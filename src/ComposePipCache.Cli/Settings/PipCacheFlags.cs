namespace ComposePipCache.Cli.Settings;

/// <summary>The options of ours, in the order of the help. A new one is one entry here.</summary>
internal static class PipCacheFlags
{
    public static IReadOnlyList<PipCacheFlag> All { get; } =
    [
        new("find-links", "PIPCACHE_FIND_LINKS", "stringArray", "Take packages from this folder as well",
            (options, value) => options with { FindLinks = [.. options.FindLinks ?? [], value.AsFolder()] }),
        new("no-pipcache", "PIPCACHE_DISABLE", null, "Build with compose alone, as if this plugin were not there",
            (options, value) => options with { IsDisabled = value.AsSwitch() }),
        new("offline", "PIPCACHE_OFFLINE", null, "Build from what is on the disk and touch no index",
            (options, value) => options with { Network = value.AsNetworkUse() }),
        new("online", null, null, "Never fall back to what is on the disk",
            (options, value) => options with { Network = value.AsSwitch() ? NetworkUse.Online : NetworkUse.Offline }),
        new("refresh", null, null, "Run pip steps again and resolve their requirements anew",
            (options, value) => options with { IsRefresh = value.AsSwitch() }),
        new("refresh-after", "PIPCACHE_REFRESH_AFTER", "duration",
            "Resolve unpinned requirements anew after this time (default 24h)",
            (options, value) => options with { RefreshAfter = value.AsDuration() }),
        new("retries", "PIPCACHE_RETRIES", "int", "Repeat a step that the network failed up to this often (default 3)",
            (options, value) => options with { Retries = value.AsCount() }),
        new("strict", "PIPCACHE_STRICT", null, "Fail where the build would fall back",
            (options, value) => options with { IsStrict = value.AsSwitch() }),
    ];

    public static PipCacheFlag? Find(ReadOnlySpan<char> name)
    {
        foreach (var flag in All)
        {
            if (name.SequenceEqual(flag.Name))
            {
                return flag;
            }
        }

        return null;
    }
}
