using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>Which locks name which contents.</summary>
internal sealed class References
{
    private readonly ILookup<string, (UsedLock Holder, LockedFileKind Kind)> _bySha256;

    public References(IEnumerable<UsedLock> locks) => _bySha256 = locks
        .SelectMany(holder => holder.Lock.Files, (holder, file) => (file.Sha256, Holder: holder, file.Kind))
        .ToLookup(one => one.Sha256, one => (one.Holder, one.Kind), StringComparer.Ordinal);

    public bool Has(string sha256) => _bySha256.Contains(sha256);

    public bool IsBuilt(string sha256) => _bySha256[sha256].Any(one => one.Kind == LockedFileKind.Built);

    public DateTimeOffset? UsedAt(string sha256) => _bySha256[sha256].Max(one => (DateTimeOffset?)one.Holder.UsedAt);

    public IReadOnlyList<string> Labels(string sha256) =>
        [.. _bySha256[sha256].Select(one => one.Holder.Label).Distinct().Order(StringComparer.Ordinal)];
}
