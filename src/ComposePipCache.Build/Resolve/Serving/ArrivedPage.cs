using ComposePipCache.Python.Index;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>A page of an index that was read.</summary>
/// <param name="Url">As it was asked for.</param>
/// <param name="ContentType">As the server told.</param>
/// <param name="Body">The page itself.</param>
/// <param name="Files">What it offers.</param>
public sealed record ArrivedPage(
    Uri Url, string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<IndexFile> Files);
