using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>A source distribution that is built by a backend of its own, which wants a package of the index.</summary>
internal static class TinySdist
{
    private const string Project =
        """
        [build-system]
        requires = ["helper"]
        build-backend = "backend"
        backend-path = ["."]
        """;

    private const string Backend =
        """
        import helper, os, zipfile
        def prepare_metadata_for_build_wheel(folder, settings=None):
            name = 'source-1.0.dist-info'
            os.mkdir(os.path.join(folder, name))
            for file, text in (('METADATA', 'Metadata-Version: 2.1\nName: source\nVersion: 1.0\n'),
                               ('WHEEL', 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n')):
                with open(os.path.join(folder, name, file), 'w') as target:
                    target.write(text)
            return name
        def build_wheel(folder, settings=None, metadata=None):
            raise RuntimeError('nobody asked for a wheel')
        def build_sdist(folder, settings=None):
            raise RuntimeError('nobody asked for a sdist')
        """;

    public static void WriteTo(string folder)
    {
        using var file = File.Create(Path.Combine(folder, "source-1.0.tar.gz"));
        using var packed = new GZipStream(file, CompressionMode.Compress);
        using var archive = new TarWriter(packed, TarEntryFormat.Ustar);
        Add(archive, "pyproject.toml", Project);
        Add(archive, "backend.py", Backend);
        Add(archive, "PKG-INFO", "Metadata-Version: 2.1\nName: source\nVersion: 1.0\n");
    }

    private static void Add(TarWriter archive, string name, string text) => archive.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, "source-1.0/" + name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        });
}
