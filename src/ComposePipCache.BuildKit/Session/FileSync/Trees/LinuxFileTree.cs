using System.Runtime.InteropServices;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;
using Microsoft.Win32.SafeHandles;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>Files with all that Linux knows of them: inodes, devices, nanoseconds, names that are not UTF-8.</summary>
internal sealed unsafe class LinuxFileTree(string root) : IFileTree
{
    private const int LongestLink = 4096;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    public IReadOnlyList<TreeEntry> List(string folder)
    {
        fixed (byte* path = LinuxPath.Of(root, folder))
        {
            var handle = LinuxCalls.OpenFolder(path);
            if (handle == 0)
            {
                var error = Marshal.GetLastPInvokeError();
                return LinuxCalls.IsGone(error) ? [] : throw Unreadable(folder, error);
            }

            try
            {
                return Read(folder, handle);
            }
            finally
            {
                _ = LinuxCalls.CloseFolder(handle);
            }
        }
    }

    public TreeNode? Find(string path)
    {
        fixed (byte* bytes = LinuxPath.Of(root, path))
        {
            if (LinuxCalls.Examine(bytes, out var found) == 0)
            {
                return Describe(path, bytes, found);
            }

            var error = Marshal.GetLastPInvokeError();
            return LinuxCalls.IsGone(error) ? null : throw Unreadable(path, error);
        }
    }

    public FileStream Open(string path)
    {
        if (!RawName.HasEscapes(path))
        {
            return FileTree.OpenRead($"{root}/{path}", path);
        }

        fixed (byte* bytes = LinuxPath.Of(root, path))
        {
            var descriptor = LinuxCalls.Open(bytes, LinuxCalls.CloseOnExec);
            return descriptor >= 0
                ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0)
                : throw Unreadable(path, Marshal.GetLastPInvokeError());
        }
    }

    internal static FileTreeException Unreadable(string path, int error) => FileTreeException.Unreadable(
        path, Marshal.GetPInvokeErrorMessage(error), LinuxCalls.IsPermission(error));

    private List<TreeEntry> Read(string folder, nint handle)
    {
        var names = new List<(byte[] Name, byte Type)>();
        while (LinuxCalls.ReadFolder(handle) is not null and var entry)
        {
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(&entry->Name);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add((name.ToArray(), entry->Type));
            }
        }

        if (Marshal.GetLastPInvokeError() is not 0 and var error)
        {
            throw Unreadable(folder, error);
        }

        names.Sort(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        return names.ConvertAll(entry => Classify(folder, RawName.Decode(entry.Name), entry.Type));
    }

    /// <summary>Some file systems leave the type out of the listing.</summary>
    private TreeEntry Classify(string folder, string name, byte type) => new(
        name,
        type == LinuxFolderEntry.UnknownType
            ? Find(SlashPath.Below(folder, name)) is { } node && GoFileMode.IsFolder(node.Stat.Mode)
            : type == LinuxFolderEntry.FolderType);

    private static TreeNode? Describe(string path, byte* bytes, in LinuxStat found)
    {
        var mode = GoFileMode.FromUnix(found.Mode);
        var isFolder = GoFileMode.IsFolder(mode);
        var stat = new RawStat
        {
            Path = RawName.ToWire(path),
            Mode = mode,
            Uid = found.User,
            Gid = found.Group,
            Size = isFolder ? 0 : (long)found.Size,
            ModTime = (found.ModifiedSeconds * 1_000_000_000) + found.ModifiedNanoseconds,
        };
        if ((mode & GoFileMode.Device) != 0)
        {
            (stat.Devmajor, stat.Devminor) = (found.SpecialMajor, found.SpecialMinor);
        }

        if (GoFileMode.IsSymlink(mode) && !TryReadLink(path, bytes, stat))
        {
            return null;
        }

        LinuxAttributes.Load(bytes, stat);
        var device = ((ulong)found.DeviceMajor << 32) | found.DeviceMinor;
        return new TreeNode(path, stat, isFolder || found.Links < 2 ? null : (device, found.Inode))
        {
            IsSocket = (found.Mode & TypeMask) == SocketType,
        };
    }

    private static bool TryReadLink(string path, byte* bytes, RawStat stat)
    {
        var target = stackalloc byte[LongestLink];
        var length = LinuxCalls.ReadLink(bytes, target, LongestLink);
        if (length >= 0)
        {
            stat.Linkname = ByteString.CopyFrom(new ReadOnlySpan<byte>(target, (int)length));
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return LinuxCalls.IsGone(error) ? false : throw Unreadable(path, error);
    }
}
