using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>What one path of a tree is.</summary>
/// <param name="Path">Relative to the root.</param>
/// <param name="Stat">As it goes over the wire; owner and hard links are left to the walk.</param>
/// <param name="Identity">Equal for paths that are one file; null when the file has no second name.</param>
internal sealed record TreeNode(string Path, RawStat Stat, (ulong Device, ulong Inode)? Identity)
{
    /// <summary>True for a socket: it goes over the wire as a file, but has no content and cannot be opened.</summary>
    internal bool IsSocket { get; init; }
}
