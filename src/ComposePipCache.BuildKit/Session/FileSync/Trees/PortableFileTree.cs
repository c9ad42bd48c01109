using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>Files with what .NET knows of them everywhere: no hard links, devices, extended attributes.</summary>
/// <remarks>Hard links arrive as files of their own, with the same content.</remarks>
internal sealed class PortableFileTree(string root) : IFileTree
{
    public IReadOnlyList<TreeEntry> List(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(Full(folder)).EnumerateFileSystemInfos()
                .Select(info => new TreeEntry(info.Name, IsFolder(info)))
                .OrderBy(entry => entry.Name, RawName.ByteOrder)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException denied)
        {
            throw FileTreeException.Unreadable(folder, "permission denied", isPermission: true, denied);
        }
        catch (IOException fault)
        {
            throw FileTreeException.Unreadable(folder, fault.Message, isPermission: false, fault);
        }
    }

    public TreeNode? Find(string path)
    {
        FileSystemInfo info = new FileInfo(Full(path));
        info = info.Attributes.HasFlag(FileAttributes.Directory) ? new DirectoryInfo(Full(path)) : info;
        return info.Exists || info.LinkTarget is not null ? new TreeNode(path, Describe(path, info), null) : null;
    }

    public FileStream Open(string path) => FileTree.OpenRead(Full(path), path);

    private static bool IsFolder(FileSystemInfo info) => info is DirectoryInfo && info.LinkTarget is null;

    private static RawStat Describe(string path, FileSystemInfo info)
    {
        var stat = new RawStat
        {
            Path = RawName.ToWire(path),
            Mode = Permissions(info),
            ModTime = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
        };
        if (info.LinkTarget is { } target)
        {
            stat.Mode |= GoFileMode.Symlink;
            stat.Linkname = RawName.ToWire(OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target);
        }
        else if (info is FileInfo file)
        {
            stat.Size = file.Length;
        }
        else
        {
            stat.Mode |= GoFileMode.Folder;
        }

        return stat;
    }

    private static uint Permissions(FileSystemInfo info)
    {
        const uint all = 0b111_111_111;
        if (!OperatingSystem.IsWindows())
        {
            // .NET would give the mode of the link's target, if there is one.
            return info.LinkTarget is null ? GoFileMode.FromUnix((uint)info.UnixFileMode) : all;
        }

        // Windows knows no execute bit: Go's client sets it everywhere and takes write access from others.
        const uint everyone = 0b111_101_101;
        const uint readOnly = 0b101_101_101;
        return info.Attributes.HasFlag(FileAttributes.ReadOnly) && info is FileInfo ? readOnly : everyone;
    }

    private string Full(string path) => path.Length == 0 ? root : Path.Combine(root, path);
}
