using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ComposePipCache.Tests.Wheelhouse.Exports;

/// <summary>A source distribution that brings its own build backend, so that building it needs nothing else.</summary>
internal static class TinySdist
{
    private const string Backend =
        """
        import zipfile

        def build_wheel(folder, config_settings=None, metadata_directory=None):
            name = "NAME-1.0-py3-none-any.whl"
            info = "NAME-1.0.dist-info"
            with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
                wheel.writestr("NAME.py", "made = 'from source'\n")
                wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\nName: NAME\nVersion: 1.0\n")
                wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                wheel.writestr(info + "/RECORD", "NAME.py,,\n")
            return name

        """;

    private const string Project =
        """
        [build-system]
        requires = []
        build-backend = "backend"
        backend-path = ["."]

        """;

    public static byte[] Build(string name)
    {
        using var buffer = new MemoryStream();
        using (var packed = new GZipStream(buffer, CompressionMode.Compress, leaveOpen: true))
        using (var archive = new TarWriter(packed))
        {
            Add(archive, $"{name}-1.0/PKG-INFO", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
            Add(archive, $"{name}-1.0/pyproject.toml", Project);
            Add(archive, $"{name}-1.0/backend.py", Backend.Replace("NAME", name, StringComparison.Ordinal));
        }

        return buffer.ToArray();
    }

    private static void Add(TarWriter archive, string name, string text) => archive.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        });
}
