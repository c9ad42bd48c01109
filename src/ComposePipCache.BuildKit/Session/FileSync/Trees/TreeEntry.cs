namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>One name in a folder.</summary>
internal readonly record struct TreeEntry(string Name, bool IsFolder);
