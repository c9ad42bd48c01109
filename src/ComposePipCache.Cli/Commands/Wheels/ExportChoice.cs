using ComposePipCache.Build;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>What <c>wheels export</c> was asked for.</summary>
/// <param name="Patterns">Projects; none for all.</param>
/// <param name="Service">Whose locks count; null for every file.</param>
internal sealed record ExportChoice(IReadOnlyList<string> Patterns, string? Service)
{
    private readonly ProjectPatterns _patterns = new(Patterns);

    /// <exception cref="PipCacheException">There is no lock of the service.</exception>
    public IEnumerable<StoredPackage> Of(WheelhouseInventory inventory)
    {
        if (Service is null)
        {
            return inventory.Packages.Where(package => _patterns.Match(package.Project));
        }

        var digests = Locked(inventory).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        return inventory.Packages.Where(
            package => digests.Contains(package.File.Sha256) && _patterns.Match(package.Project));
    }

    /// <summary>Names of files that the service's locks name and nobody has.</summary>
    public IReadOnlyList<string> MissingFrom(WheelhouseInventory inventory)
    {
        if (Service is null)
        {
            return [];
        }

        var stored = inventory.Packages.Select(package => package.File.Sha256).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Locked(inventory)
                .Where(file => !stored.Contains(file.Sha256))
                .Select(file => file.FileName)
                .Where(name => _patterns.Match(ProjectPatterns.ProjectOf(name)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private IEnumerable<LockedFile> Locked(WheelhouseInventory inventory)
    {
        var locks = inventory.Locks.Where(one => one.IsOf(Service!)).ToList();
        return locks.Count > 0
            ? locks.SelectMany(one => one.Lock.Files)
            : throw new PipCacheException(WheelsErrors.UnknownService(
                Service!, [.. inventory.Locks.Select(one => one.Label).Distinct().Order(StringComparer.Ordinal)]));
    }
}
