using System.Globalization;
using System.IO.Compression;

namespace ComposePipCache.Benchmarks;

/// <summary>A valid wheel of any size, full of what cannot be compressed.</summary>
internal static class BigWheel
{
    private const int ChunkLength = 1 << 20;

    public static void Write(string folder, string name, int megabytes)
    {
        using var file = File.Create(Path.Combine(folder, $"{name}-1.0-py3-none-any.whl"));
        using var wheel = new ZipArchive(file, ZipArchiveMode.Create);
        using (var content = wheel.CreateEntry($"{name}/data.bin", CompressionLevel.NoCompression).Open())
        {
            var random = new Random(megabytes);
            var chunk = new byte[ChunkLength];
            for (var i = 0; i < megabytes; i++)
            {
                random.NextBytes(chunk);
                content.Write(chunk);
            }
        }

        Add(wheel, $"{name}-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
        Add(wheel, $"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add(wheel, $"{name}-1.0.dist-info/RECORD", string.Create(CultureInfo.InvariantCulture, $"{name}/data.bin,,\n"));
    }

    private static void Add(ZipArchive wheel, string path, string text)
    {
        using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
        writer.Write(text);
    }
}
