using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Harvest;

/// <summary>The files of a step after the harvest.</summary>
/// <param name="Kept">At hand on the host, for the lock.</param>
/// <param name="Lost">Names of those that pip used and nobody has.</param>
/// <param name="Damaged">Names of those whose copy in a tool's cache had other content; it is gone now.</param>
internal sealed record CollectedFiles(
    IReadOnlyList<LockedFile> Kept, IReadOnlyList<string> Lost, IReadOnlyList<string> Damaged);
