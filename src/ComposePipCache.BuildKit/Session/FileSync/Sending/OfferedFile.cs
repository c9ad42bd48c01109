namespace ComposePipCache.BuildKit.Session.FileSync.Sending;

/// <summary>A file the daemon may ask for.</summary>
/// <param name="Id">The ordinal of its description, folders counted.</param>
/// <param name="Path">Relative to the root.</param>
/// <param name="IsEmpty">True for what has no content and must not be opened.</param>
internal readonly record struct OfferedFile(uint Id, string Path, bool IsEmpty);
