using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>Which files go into a plain folder, where each name can stand once.</summary>
/// <param name="Chosen">By file name.</param>
/// <param name="PassedOver">Other contents under the names of chosen files.</param>
public sealed record ExportPlan(IReadOnlyList<StoredPackage> Chosen, IReadOnlyList<StoredPackage> PassedOver)
{
    /// <summary>Of several contents with one name takes what an index offered, then what was used last.</summary>
    /// <remarks>
    /// Two scopes may have compiled the same sdist into different bytes. What an index offered is what a lock file of
    /// the user's own tools may have hashes for.
    /// </remarks>
    public static ExportPlan Of(IEnumerable<StoredPackage> packages)
    {
        // Names that differ in case alone are one file on some systems.
        var groups = packages.GroupBy(one => one.File.FileName, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.OrderBy(one => one.Kind == LockedFileKind.Built)
                .ThenByDescending(one => one.LastUsedAt)
                .ThenBy(one => one.File.Sha256, StringComparer.Ordinal)
                .ToList())
            .OrderBy(group => group[0].File.FileName, StringComparer.Ordinal)
            .ToList();
        return new ExportPlan(
            [.. groups.Select(group => group[0])],
            [.. groups.SelectMany(group => group.Skip(1).Where(one => one.File.Sha256 != group[0].File.Sha256))]);
    }
}
