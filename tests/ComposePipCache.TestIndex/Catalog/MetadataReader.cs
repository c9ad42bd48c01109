using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>Takes METADATA out of a wheel and PKG-INFO out of an sdist.</summary>
internal static class MetadataReader
{
    public static byte[]? Read(string path)
    {
        try
        {
            return path.EndsWith(".tar.gz", StringComparison.Ordinal) ? ReadTar(path) : ReadZip(path);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException)
        {
            return null; // A broken file is served as it is: clients must cope with it.
        }
    }

    public static string? RequiresPython(byte[]? metadata)
    {
        using var lines = new StringReader(Encoding.UTF8.GetString(metadata ?? []));
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            if (line.StartsWith("Requires-Python:", StringComparison.OrdinalIgnoreCase))
            {
                return line["Requires-Python:".Length..].Trim();
            }
        }

        return null;
    }

    private static byte[]? ReadZip(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var entry = archive.Entries.FirstOrDefault(entry => IsMetadata(entry.FullName));
        if (entry is null)
        {
            return null;
        }

        using var content = entry.Open();
        return ReadAll(content);
    }

    private static byte[]? ReadTar(string path)
    {
        using var file = File.OpenRead(path);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var archive = new TarReader(unzipped);
        while (archive.GetNextEntry() is { } entry)
        {
            if (IsMetadata(entry.Name) && entry.DataStream is { } content)
            {
                return ReadAll(content);
            }
        }

        return null;
    }

    private static bool IsMetadata(string name) =>
        name.Count(letter => letter == '/') == 1
        && (name.EndsWith(".dist-info/METADATA", StringComparison.Ordinal)
            || name.EndsWith("/PKG-INFO", StringComparison.Ordinal));

    private static byte[] ReadAll(Stream content)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
