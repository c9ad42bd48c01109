namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>
/// The files below one folder of this machine. Paths are relative, with slashes; links are not followed.
/// </summary>
internal interface IFileTree
{
    /// <summary>The names in a folder, in byte order; none when it is gone.</summary>
    /// <exception cref="FileTreeException">The folder cannot be read.</exception>
    IReadOnlyList<TreeEntry> List(string folder);

    /// <returns>Null when there is nothing at the path, or no longer.</returns>
    /// <exception cref="FileTreeException">The path cannot be examined.</exception>
    TreeNode? Find(string path);

    /// <exception cref="FileTreeException">The file cannot be opened, or is gone.</exception>
    FileStream Open(string path);
}
