using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>What a wheelhouse takes: the content of <c>wheels du --format json</c>.</summary>
internal sealed record UsageReport
{
    /// <summary>Where it is.</summary>
    public required string Root { get; init; }

    /// <summary>Wheels, sdists and built wheels, whether there are any or not.</summary>
    public required IReadOnlyList<UsageGroup> Kinds { get; init; }

    public required UsageGroup HalfDownloads { get; init; }

    /// <summary>How many there are.</summary>
    public required int Locks { get; init; }

    /// <summary>Files and half downloads: what max-size is about.</summary>
    public required UsageGroup Total { get; init; }

    public static UsageReport Of(string root, WheelhouseInventory inventory)
    {
        var halves = inventory.HalfDownloads;
        var all = UsageGroup.Of("total", inventory.Packages);
        var halfBytes = halves.Sum(one => one.Size);
        return new UsageReport
        {
            Root = root,
            Kinds =
            [
                .. new[] { LockedFileKind.Wheel, LockedFileKind.Sdist, LockedFileKind.Built }.Select(kind =>
                    UsageGroup.Of(WheelsText.Kind(kind), [.. inventory.Packages.Where(one => one.Kind == kind)])),
            ],
            HalfDownloads = new UsageGroup("half downloads", halves.Count, halfBytes, 0),
            Locks = inventory.Locks.Count,
            Total = all with { Files = all.Files + halves.Count, Bytes = all.Bytes + halfBytes },
        };
    }
}
