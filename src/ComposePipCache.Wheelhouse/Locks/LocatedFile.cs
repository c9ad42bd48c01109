using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>A file of a lock and where its content was found; the lock's name is the one to offer it under.</summary>
public sealed record LocatedFile(LockedFile Locked, StoredFile Stored);
