using System.Runtime.InteropServices;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>The C library's <c>struct dirent</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct LinuxFolderEntry
{
    internal const byte UnknownType = 0;
    internal const byte FolderType = 4;

    [FieldOffset(18)]
    internal byte Type;

    /// <summary>The first byte of the name; a zero ends it.</summary>
    [FieldOffset(19)]
    internal byte Name;
}
