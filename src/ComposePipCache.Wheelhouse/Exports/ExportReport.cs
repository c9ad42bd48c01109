namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>What an export did.</summary>
/// <param name="Files">In the order they were asked for.</param>
/// <param name="HasDigestList">False where the folder's list of digests is somebody else's, and was left alone.</param>
public sealed record ExportReport(IReadOnlyList<ExportedFile> Files, bool HasDigestList);
