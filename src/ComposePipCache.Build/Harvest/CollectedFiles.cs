using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Harvest;

/// <summary>The files of a step after the harvest.</summary>
/// <param name="Kept">At hand on the host, for the lock.</param>
/// <param name="Lost">Names of those that pip used and nobody has.</param>
internal sealed record CollectedFiles(IReadOnlyList<LockedFile> Kept, IReadOnlyList<string> Lost);
