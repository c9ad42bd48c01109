using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.TestIndex.Pages;

namespace ComposePipCache.TestIndex.Tests;

public sealed class CatalogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catalog-").FullName;

    [Theory]
    [InlineData("foo-1.0-py3-none-any.whl", "foo", "1.0", true)]
    [InlineData("Foo.Bar_baz-1.0+cpu-1-cp311-cp311-linux_x86_64.whl", "foo-bar-baz", "1.0+cpu", true)]
    [InlineData("zope.interface-5.0.tar.gz", "zope-interface", "5.0", false)]
    [InlineData("foo-bar-2.zip", "foo-bar", "2", false)]
    public void A_file_name_tells_project_and_version(string file, string project, string version, bool isWheel)
    {
        DistributionName.Parse(file).ShouldBe(new DistributionName(project, version, isWheel));
    }

    [Theory]
    [InlineData("foo.whl")]
    [InlineData("foo-bar.tar.gz")]
    [InlineData("README.md")]
    [InlineData(".index-digests.json")]
    public void Other_files_are_not_distributions(string file)
    {
        DistributionName.Parse(file).ShouldBeNull();
    }

    [Fact]
    public void A_link_stands_for_the_file_it_leads_to()
    {
        var wheel = new FileInfo(HostedIndex.Alpha.WriteTo(Directory.CreateDirectory(Path.Combine(_folder, "real")).FullName));
        var links = Directory.CreateDirectory(Path.Combine(_folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, wheel.Name), Path.Combine("..", "real", wheel.Name));

        var found = new Scanner([links], new DigestCache(file: null)).Scan().ShouldHaveSingleItem();

        found.FileName.ShouldBe(wheel.Name);
        found.Size.ShouldBe(wheel.Length);
        found.Content.OpenFile().Length.ShouldBe(wheel.Length);
    }

    [Fact]
    public void Equal_wheels_have_equal_bytes()
    {
        HostedIndex.Big.Build().ShouldBeBytes(HostedIndex.Big.Build());
    }

    [Fact]
    public void A_digest_is_kept_until_size_or_time_of_the_file_change()
    {
        var digests = Path.Combine(_folder, "digests.json");
        var wheel = new FileInfo(HostedIndex.Alpha.WriteTo(_folder));
        var time = wheel.LastWriteTimeUtc;
        var first = Digest(digests, wheel);

        Overwrite(wheel, (byte)'x', time);
        Digest(digests, wheel).ShouldBe(first);

        Overwrite(wheel, (byte)'x', time.AddSeconds(1));
        Digest(digests, wheel).ShouldNotBe(first);
    }

    [Fact]
    public void A_broken_digest_file_is_ignored()
    {
        var digests = Path.Combine(_folder, "digests.json");
        File.WriteAllText(digests, "{ half");

        Digest(digests, new FileInfo(HostedIndex.Alpha.WriteTo(_folder))).RequiresPython.ShouldBe(">=3.8");
    }

    [Fact]
    public void Of_two_files_with_one_name_the_first_folder_counts()
    {
        var second = Path.Combine(_folder, "second");
        var path = HostedIndex.Alpha.WriteTo(Path.Combine(_folder, "first"));
        (HostedIndex.Alpha with { Requires = ["other"] }).WriteTo(second);
        var scanner = new Scanner([Path.GetDirectoryName(path)!, second], new DigestCache(null));

        scanner.Scan().Single().Content.ShouldBe(new ScannedContent(path));
    }

    [Fact]
    public void An_sdist_tells_its_python_but_has_no_metadata_file()
    {
        WriteSdist(
            Path.Combine(_folder, "src-1.0.tar.gz"), "Name: src\nRequires-Python: >=3.9\n\nRequires-Python: no\n");

        var file = new Scanner([_folder], new DigestCache(null)).Scan().Single();

        file.RequiresPython.ShouldBe(">=3.9");
        file.MetadataSha256.ShouldBeNull();
    }

    [Fact]
    public void A_broken_wheel_is_listed_all_the_same()
    {
        File.WriteAllText(Path.Combine(_folder, "broken-1.0-py3-none-any.whl"), "no archive");

        new Scanner([_folder], new DigestCache(null)).Scan().Single().MetadataSha256.ShouldBeNull();
    }

    [Fact]
    public void The_long_pages_are_as_long_as_the_public_ones()
    {
        var catalog = new PackageCatalog([], ReleaseHistory.LongPages);

        foreach (var project in catalog.Projects)
        {
            var key = new PageKey(IndexFlavour.Public, project, PageFormat.JsonV1, "http://index:8080");
            PageRenderer.Render(catalog, key)!.Bytes.Length.ShouldBeGreaterThan(1_000_000);
            catalog.FilesOf(project)!.Select(file => file.Version).Distinct(StringComparer.Ordinal).Count()
                .ShouldBeGreaterThan(300);
        }

        catalog.Projects.Count().ShouldBe(3);
    }

    [Fact]
    public void Older_releases_stand_beside_the_real_ones_and_are_true()
    {
        HostedIndex.Alpha.WriteTo(_folder);
        var scanned = new Scanner([_folder], new DigestCache(null)).Scan();
        var catalog = new PackageCatalog(scanned, [new ReleaseHistory("Alpha", 2)]);

        var files = catalog.FilesOf("alpha")!;

        files.Select(file => file.Version).ShouldBe(["0.0.1", "0.0.2", "1.0"]);
        files.ShouldAllBe(file => catalog.Find(file.Location) == file);
        files.ShouldAllBe(file => file.Content.OpenFile().Length == file.Size);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FileDigest Digest(string file, FileInfo wheel)
    {
        var cache = new DigestCache(file);
        wheel.Refresh();
        var digest = cache.Of(wheel);
        cache.Save();
        return digest;
    }

    private static void Overwrite(FileInfo file, byte content, DateTime time)
    {
        File.WriteAllBytes(file.FullName, [.. Enumerable.Repeat(content, (int)file.Length)]);
        File.SetLastWriteTimeUtc(file.FullName, time);
    }

    private static void WriteSdist(string path, string metadata)
    {
        using var file = File.Create(path);
        using var zipped = new GZipStream(file, CompressionMode.Compress);
        using var archive = new TarWriter(zipped);
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "src-1.0/PKG-INFO")
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(metadata)),
        });
    }
}
