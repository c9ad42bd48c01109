using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A source distribution with a setup script of the test's choice.</summary>
internal static class SourceArchive
{
    public static void Write(string folder, string name, string version, string setup)
    {
        using var file = File.Create(Path.Combine(folder, $"{name}-{version}.tar.gz"));
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        Add(tar, $"{name}-{version}/PKG-INFO", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        Add(tar, $"{name}-{version}/setup.py", setup);
    }

    private static void Add(TarWriter tar, string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content });
    }
}
