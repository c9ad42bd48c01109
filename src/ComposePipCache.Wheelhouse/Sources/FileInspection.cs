using System.Buffers.Binary;
using System.IO.Compression;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Looks into a package file and tells why it cannot be used, if so.</summary>
internal static class FileInspection
{
    private const int LongestStart = 6;
    private const int LongestMetadata = 1024 * 1024;

    private static readonly (string[] Endings, byte[] Start)[] Formats =
    [
        ([".whl", ".zip"], "PK"u8.ToArray()),
        ([".gz", ".tgz"], [0x1F, 0x8B]),
        ([".bz2", ".tbz"], "BZh"u8.ToArray()),
        ([".xz", ".txz"], [0xFD, .. "7zXZ"u8, 0]),
    ];

    public static FileVerdict Inspect(string path)
    {
        try
        {
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Inspect(Path.GetFileName(path), content);
        }
        catch (InvalidDataException error)
        {
            return new FileVerdict(FolderProblemKind.Damaged, error.Message);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            return new FileVerdict(FolderProblemKind.FileUnreadable, error.Message);
        }
    }

    private static FileVerdict Inspect(string fileName, FileStream content)
    {
        if (!HasStartOf(fileName, content))
        {
            return new FileVerdict(FolderProblemKind.Damaged, "its first bytes are not those of such a file");
        }

        if (PackageFileName.IsWheel(fileName))
        {
            return WheelFileName.TryParse(fileName) is { } name
                ? CompareMetadata(name, content)
                : new FileVerdict(FolderProblemKind.BadName, "it is not named like NAME-VERSION-TAGS.whl");
        }

        return fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ListArchive(content)
            : HasEnding(fileName, [".gz", ".tgz"]) ? Unpack(content)
            : FileVerdict.Good;
    }

    private static FileVerdict CompareMetadata(WheelFileName name, FileStream content)
    {
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var infos = archive.Entries.Where(entry => WheelMetadata.IsMetadata(entry.FullName)).ToList();
        var metadata = infos.Select(Read).ToList();
        return metadata switch
        {
            [] => new FileVerdict(FolderProblemKind.Damaged, "it holds no METADATA"),
            _ when metadata.Exists(one => one.IsOf(name)) => FileVerdict.Good,
            _ => new FileVerdict(FolderProblemKind.Renamed, $"it holds {metadata[0].Name} {metadata[0].Version}"),
        };
    }

    private static WheelMetadata Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var buffer = new byte[Math.Min(entry.Length, LongestMetadata)];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return WheelMetadata.Parse(buffer.AsSpan(0, length));
    }

    private static FileVerdict ListArchive(FileStream content)
    {
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        return archive.Entries.Count > 0
            ? FileVerdict.Good
            : new FileVerdict(FolderProblemKind.Damaged, "it holds nothing");
    }

    // .NET takes the end of a file for the end of the data, so the length at the end of the format has to tell.
    private static FileVerdict Unpack(FileStream content)
    {
        var trailer = new byte[sizeof(uint)];
        content.Seek(-trailer.Length, SeekOrigin.End);
        content.ReadExactly(trailer);
        content.Position = 0;
        using var unpacked = new GZipStream(content, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[128 * 1024];
        var length = 0u;
        while (unpacked.Read(buffer) is var count and > 0)
        {
            length = unchecked(length + (uint)count);
        }

        return length == BinaryPrimitives.ReadUInt32LittleEndian(trailer)
            ? FileVerdict.Good
            : new FileVerdict(FolderProblemKind.Damaged, "it is cut off");
    }

    private static bool HasStartOf(string fileName, FileStream content)
    {
        var buffer = new byte[LongestStart];
        var start = buffer.AsSpan(0, content.ReadAtLeast(buffer, LongestStart, throwOnEndOfStream: false));
        content.Position = 0;
        foreach (var format in Formats)
        {
            if (HasEnding(fileName, format.Endings))
            {
                return start.Length == LongestStart && start.StartsWith(format.Start);
            }
        }

        return start.Length > 0;
    }

    private static bool HasEnding(string fileName, string[] endings) =>
        endings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
