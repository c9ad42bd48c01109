using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>What some of the stored files take.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="UnusedBytes">What those of them take that no lock names.</param>
internal sealed record UsageGroup(string Name, int Files, long Bytes, long UnusedBytes)
{
    public static UsageGroup Of(string name, IReadOnlyCollection<StoredPackage> packages) => new(
        name,
        packages.Count,
        packages.Sum(one => one.File.Size),
        packages.Where(one => !one.IsReferenced).Sum(one => one.File.Size));
}
