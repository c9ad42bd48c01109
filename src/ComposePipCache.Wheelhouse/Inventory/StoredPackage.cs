using ComposePipCache.Python.Wheels;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>A stored file, and what its name and the locks tell about it.</summary>
public sealed record StoredPackage
{
    public required StoredFile File { get; init; }

    /// <summary>As indexes compare names; the file's own name where that tells no project.</summary>
    public required string Project { get; init; }

    /// <summary>Null where the name tells none.</summary>
    public required PythonVersion? Version { get; init; }

    /// <summary>Built where any lock says so: a name does not tell who made a wheel.</summary>
    public required LockedFileKind Kind { get; init; }

    /// <summary>When the file was stored, or when a step last used a lock that names it.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Labels of the locks that name its content, each once, in order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether any lock names its content.</summary>
    public required bool IsReferenced { get; init; }
}
