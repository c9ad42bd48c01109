using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>A small valid wheel with one module and, on request, a payload; equal input gives equal bytes.</summary>
public sealed record TinyWheel(string Name, string Version)
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Tags { get; init; } = "py3-none-any";

    public IReadOnlyList<string> Requires { get; init; } = [];

    public IReadOnlyList<string> Extras { get; init; } = [];

    public string? RequiresPython { get; init; }

    /// <summary>Bytes that do not compress, so that the file is a little longer than this.</summary>
    public int PayloadSize { get; init; }

    public string FileName => $"{Module}-{Version}-{Tags}.whl";

    private string Module => Name.Replace('-', '_').Replace('.', '_');

    public byte[] Metadata()
    {
        var text = new StringBuilder($"Metadata-Version: 2.1\nName: {Name}\nVersion: {Version}\n");
        if (RequiresPython is not null)
        {
            text.Append($"Requires-Python: {RequiresPython}\n");
        }

        text.AppendJoin("", Extras.Select(extra => $"Provides-Extra: {extra}\n"));
        text.AppendJoin("", Requires.Select(requirement => $"Requires-Dist: {requirement}\n"));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public byte[] Build()
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            var info = $"{Module}-{Version}.dist-info";
            var record = new StringBuilder();
            Add(archive, record, $"{Module}/__init__.py", Encoding.UTF8.GetBytes($"__version__ = '{Version}'\n"));
            if (PayloadSize > 0)
            {
                Add(archive, record, $"{Module}/payload.bin", Payload());
            }

            Add(archive, record, $"{info}/METADATA", Metadata());
            Add(archive, record, $"{info}/WHEEL", WheelText());
            record.Append($"{info}/RECORD,,\n");
            Add(archive, new StringBuilder(), $"{info}/RECORD", Encoding.UTF8.GetBytes(record.ToString()));
        }

        return buffer.ToArray();
    }

    /// <summary>Writes the wheel under its own name and returns the path.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        File.WriteAllBytes(path, Build());
        return path;
    }

    private static void Add(ZipArchive archive, StringBuilder record, string name, byte[] content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        using (var stream = entry.Open())
        {
            stream.Write(content);
        }

        var digest = Base64Url.EncodeToString(SHA256.HashData(content));
        record.Append(CultureInfo.InvariantCulture, $"{name},sha256={digest},{content.Length}\n");
    }

    private byte[] Payload()
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(FileName));
        var payload = new byte[PayloadSize];
        new Random(BitConverter.ToInt32(seed)).NextBytes(payload);
        return payload;
    }

    private byte[] WheelText()
    {
        var pure = Tags.EndsWith("-any", StringComparison.Ordinal) ? "true" : "false";
        return Encoding.UTF8.GetBytes(
            $"Wheel-Version: 1.0\nGenerator: test-index\nRoot-Is-Purelib: {pure}\nTag: {Tags}\n");
    }
}
