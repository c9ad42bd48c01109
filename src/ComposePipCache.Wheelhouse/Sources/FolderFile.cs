namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>A wheel or sdist in a folder of the user's; whether it fits an interpreter is not looked at.</summary>
public sealed record FolderFile(string FileName, string Path, long Size);
