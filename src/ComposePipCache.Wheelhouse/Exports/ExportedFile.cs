using ComposePipCache.Wheelhouse.Inventory;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>One file of an export and what became of it.</summary>
public sealed record ExportedFile(StoredPackage Package, ExportOutcome Outcome)
{
    /// <summary>Whether the folder has the right file now.</summary>
    public bool IsThere => Outcome is ExportOutcome.Copied or ExportOutcome.Present;
}
