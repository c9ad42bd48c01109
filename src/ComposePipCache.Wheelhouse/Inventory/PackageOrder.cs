namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>By project, then version as pip orders it, then file.</summary>
internal sealed class PackageOrder : IComparer<StoredPackage>
{
    public static PackageOrder Instance { get; } = new();

    public int Compare(StoredPackage? x, StoredPackage? y)
    {
        if (x is null || y is null)
        {
            return (x is not null).CompareTo(y is not null);
        }

        int[] steps =
        [
            string.CompareOrdinal(x.Project, y.Project),
            x.Version is null || y.Version is null
                ? (x.Version is not null).CompareTo(y.Version is not null)
                : x.Version.CompareTo(y.Version),
            string.CompareOrdinal(x.File.FileName, y.File.FileName),
            string.CompareOrdinal(x.File.Sha256, y.File.Sha256),
        ];
        return Array.Find(steps, step => step != 0);
    }
}
