namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>The bits of Go's <c>os.FileMode</c>, which the protocol carries in place of Unix's.</summary>
internal static class GoFileMode
{
    internal const uint Folder = 1u << 31;
    internal const uint Symlink = 1u << 27;
    internal const uint Device = 1u << 26;
    internal const uint Fifo = 1u << 25;
    internal const uint Socket = 1u << 24;
    internal const uint SetUser = 1u << 23;
    internal const uint SetGroup = 1u << 22;
    internal const uint CharacterDevice = 1u << 21;
    internal const uint Sticky = 1u << 20;
    internal const uint Irregular = 1u << 19;
    internal const uint Permissions = 0x1FF;

    private const uint Types = Folder | Symlink | Device | Fifo | Socket | CharacterDevice | Irregular;

    /// <summary>True for what has content that can be asked for.</summary>
    internal static bool IsFile(uint mode) => (mode & Types) == 0;

    internal static bool IsFolder(uint mode) => (mode & Folder) != 0;

    internal static bool IsSymlink(uint mode) => (mode & Symlink) != 0;

    internal static uint FromUnix(uint mode)
    {
        // A socket loses its type on the way and arrives as an empty file, as Go's client has it.
        var type = (mode & 0xF000) switch
        {
            0x4000 => Folder,
            0xA000 => Symlink,
            0x6000 => Device,
            0x2000 => Device | CharacterDevice,
            0x1000 => Fifo,
            _ => 0u,
        };
        return type
            | (mode & Permissions)
            | ((mode & 0x800) != 0 ? SetUser : 0)
            | ((mode & 0x400) != 0 ? SetGroup : 0)
            | ((mode & 0x200) != 0 ? Sticky : 0);
    }

    internal static UnixFileMode ToUnix(uint mode)
    {
        var unix = (UnixFileMode)(mode & Permissions);
        unix |= (mode & SetUser) != 0 ? UnixFileMode.SetUser : UnixFileMode.None;
        unix |= (mode & SetGroup) != 0 ? UnixFileMode.SetGroup : UnixFileMode.None;
        return unix | ((mode & Sticky) != 0 ? UnixFileMode.StickyBit : UnixFileMode.None);
    }
}
