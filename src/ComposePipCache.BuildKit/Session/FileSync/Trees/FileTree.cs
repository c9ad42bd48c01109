namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>Picks the tree that knows this platform best.</summary>
internal static class FileTree
{
    /// <exception cref="FileTreeException">There is no such folder.</exception>
    internal static IFileTree Open(string root)
    {
        if (!Directory.Exists(root))
        {
            var reason = File.Exists(root) ? "it is not a folder" : "no such folder";
            throw FileTreeException.Unreadable(root, reason, isPermission: false);
        }

        return OperatingSystem.IsLinux() ? new LinuxFileTree(root) : new PortableFileTree(root);
    }

    /// <summary>Opens a file for one pass from start to end, taking no lock.</summary>
    internal static FileStream OpenRead(string fullPath, string path)
    {
        try
        {
            return new FileStream(fullPath, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            });
        }
        catch (UnauthorizedAccessException denied)
        {
            throw FileTreeException.Unreadable(path, "permission denied", isPermission: true, denied);
        }
        catch (FileNotFoundException gone)
        {
            throw FileTreeException.Unreadable(path, "it vanished during the transfer", isPermission: false, gone);
        }
        catch (IOException fault)
        {
            throw FileTreeException.Unreadable(path, fault.Message, isPermission: false, fault);
        }
    }
}
