namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>A package file that a client was given.</summary>
/// <param name="Url">Where it comes from, without credentials and query.</param>
/// <param name="FileName">Its own name.</param>
/// <param name="Sha256">In lower-case hex.</param>
/// <param name="Size">In bytes.</param>
/// <param name="WasDownloaded">False when the wheelhouse had it.</param>
public sealed record ServedFile(string Url, string FileName, string Sha256, long Size, bool WasDownloaded);
