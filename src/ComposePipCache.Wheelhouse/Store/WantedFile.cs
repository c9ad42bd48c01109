namespace ComposePipCache.Wheelhouse.Store;

/// <summary>A package file that is looked for; the digest decides, name and size only save reading.</summary>
public sealed record WantedFile(string FileName, string Sha256, long Size);
