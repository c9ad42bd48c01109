namespace ComposePipCache.Wheelhouse.Store;

/// <summary>A file of the wheelhouse; its content never changes.</summary>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="FileName">The package's own file name.</param>
/// <param name="Path">Where it can be read.</param>
/// <param name="Size">In bytes.</param>
public sealed record StoredFile(string Sha256, string FileName, string Path, long Size);
