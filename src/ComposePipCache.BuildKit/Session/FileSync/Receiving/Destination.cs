using System.Security.Cryptography;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>
/// The folder that is written below. Every path is looked at again before it is touched: no part of it may be a link.
/// </summary>
internal sealed class Destination
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root;

    internal Destination(string root)
    {
        _root = Path.GetFullPath(root);
        CreateFolder(_root);
    }

    /// <summary>
    /// Makes a folder, open to its owner until <see cref="Finish"/>; one that is there already stays.
    /// </summary>
    internal void AddFolder(string path)
    {
        var full = Reach(path);
        if (!IsRealFolder(full))
        {
            Remove(full);
            CreateFolder(full);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, File.GetUnixFileMode(full) | OwnerOnly);
        }
    }

    internal void AddSymlink(string path, RawStat stat)
    {
        // Not by way of a temporary name: .NET does not rename a link to a folder.
        var full = Reach(path);
        Remove(full);
        File.CreateSymbolicLink(full, Name(RawName.FromWire(stat.Linkname)));
        FileMetadata.Apply(full, stat);
    }

    internal void AddSpecial(string path, RawStat stat)
    {
        var temporary = TemporaryPath(path);
        FileMetadata.MakeSpecial(temporary, stat);
        Settle(temporary, path, stat);
    }

    internal void AddHardLink(string path, string existing)
    {
        var temporary = TemporaryPath(path);
        FileMetadata.MakeHardLink(Reach(existing), temporary);
        Replace(temporary, path);
    }

    internal IncomingFile OpenFile(string path, RawStat stat)
    {
        var temporary = TemporaryPath(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new IncomingFile(path, stat, temporary, new FileStream(temporary, options));
    }

    internal async Task CloseFileAsync(IncomingFile file)
    {
        await file.Content.DisposeAsync();
        Settle(file.TemporaryPath, file.Path, file.Stat);
    }

    /// <summary>Gives a folder its mode and time, when nothing below it changes any more.</summary>
    internal void Finish(string path, RawStat stat) => FileMetadata.Apply(Reach(path), stat);

    private static void CreateFolder(string full)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, OwnerOnly);
        }
    }

    private static bool IsRealFolder(string full) => Kind(full) is { } kind
        && kind.HasFlag(FileAttributes.Directory) && !kind.HasFlag(FileAttributes.ReparsePoint);

    private static FileAttributes? Kind(string full) =>
        new FileInfo(full).Attributes is var attributes && attributes != (FileAttributes)(-1) ? attributes : null;

    private static void Remove(string full)
    {
        if (IsRealFolder(full))
        {
            Directory.Delete(full, recursive: true);
        }
        else if (Kind(full) is not null)
        {
            File.Delete(full);
        }
    }

    /// <exception cref="FileTransferException">The name cannot be expressed here.</exception>
    private static string Name(string name) =>
        RawName.HasEscapes(name) ? throw FileTransferException.BadPath(name) : name;

    private void Settle(string temporary, string path, RawStat stat)
    {
        // The folder may have been swapped for a link since the temporary name was made.
        Reach(path);
        FileMetadata.Apply(temporary, stat);
        Replace(temporary, path);
    }

    private void Replace(string temporary, string path)
    {
        var full = Reach(path);
        if (IsRealFolder(full))
        {
            Directory.Delete(full, recursive: true);
        }

        File.Move(temporary, full, overwrite: true);
    }

    private string TemporaryPath(string path) => Path.Combine(
        Path.GetDirectoryName(Reach(path))!,
        ".tmp." + RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <exception cref="FileTransferException">Something above the path is no folder, or a link to one.</exception>
    private string Reach(string path)
    {
        foreach (var above in SlashPath.Prefixes(Name(path)).SkipLast(1))
        {
            if (!IsRealFolder(Path.Combine(_root, above)))
            {
                throw FileTransferException.BadPath(path);
            }
        }

        return Path.Combine(_root, path);
    }
}
