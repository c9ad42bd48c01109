namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>What became of one file of an export.</summary>
public enum ExportOutcome
{
    Copied,

    /// <summary>The folder had it already.</summary>
    Present,

    /// <summary>The folder has another file of that name, which was left as it is.</summary>
    Occupied,

    /// <summary>The wheelhouse's own file is damaged, unreadable or gone; nothing was written.</summary>
    Damaged,
}
