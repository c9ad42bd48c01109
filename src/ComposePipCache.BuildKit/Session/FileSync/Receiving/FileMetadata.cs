using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>What a file is besides its content. Linux keeps all of it; elsewhere what .NET can express.</summary>
internal static class FileMetadata
{
    internal static void Apply(string full, RawStat stat)
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxMetadata.SetAttributes(full, stat);
        }

        if (!GoFileMode.IsSymlink(stat.Mode))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, GoFileMode.ToUnix(stat.Mode));
            }
            else if (GoFileMode.IsFolder(stat.Mode))
            {
                return;
            }
        }

        if (OperatingSystem.IsLinux())
        {
            LinuxMetadata.SetTime(full, stat.ModTime);
        }
        else if (!GoFileMode.IsSymlink(stat.Mode))
        {
            File.SetLastWriteTimeUtc(full, DateTime.UnixEpoch.AddTicks(stat.ModTime / TimeSpan.NanosecondsPerTick));
        }
    }

    /// <summary>Where links cannot be made, a copy has the same content.</summary>
    internal static void MakeHardLink(string existing, string full)
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxMetadata.MakeHardLink(existing, full);
        }
        else
        {
            File.Copy(existing, full);
        }
    }

    /// <exception cref="FileTransferException">Only Linux can make devices and pipes.</exception>
    internal static void MakeSpecial(string full, RawStat stat)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw FileTransferException.BadPath(RawName.FromWire(stat.Path));
        }

        LinuxMetadata.MakeSpecial(full, stat);
    }
}
