using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Sources;

public sealed class FindLinksFolderTests : IDisposable
{
    private readonly StoreHome _home = new();

    // Long after the files were written, so that what is read of them is remembered.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private string Folder => _home.At("pip_packages");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Wheels_and_sdists_are_offered_by_name()
    {
        var wheel = new TinyWheel("Foo.Bar", "1.0").WriteTo(Folder);
        var alias = Path.Combine(Folder, "Foo_Bar-1.0-0-py3-none-any.whl");
        File.Copy(wheel, alias);
        var sdist = WriteSdist("baz-2.0.tar.gz");

        using var folder = Read();

        folder.Problems.ShouldBeEmpty();
        folder.Files.ShouldBe(
            [
                new FolderFile(Path.GetFileName(alias), alias, new FileInfo(wheel).Length),
                new FolderFile(Path.GetFileName(wheel), wheel, new FileInfo(wheel).Length),
                new FolderFile("baz-2.0.tar.gz", sdist, new FileInfo(sdist).Length),
            ]);
    }

    [Fact]
    public void What_is_no_package_at_all_is_only_counted()
    {
        new TinyWheel("foo", "1.0").WriteTo(Folder);
        foreach (var name in (string[])["README.md", "requirements.txt", "data.zip", ".DS_Store", "sub/foo-1.0.zip"])
        {
            _home.Write("pip_packages/" + name, "text");
        }

        using var folder = Read();

        folder.Files.Count.ShouldBe(1);
        folder.Problems.ShouldBeEmpty();
        folder.SkippedCount.ShouldBe(5);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        using var folder = Read();

        folder.Files.ShouldBeEmpty();
        var problem = folder.Problems.Single();
        problem.Kind.ShouldBe(FolderProblemKind.FolderMissing);
        problem.Text.What.ShouldBe($"there is no find-links folder {Folder}");
    }

    [Fact]
    public void A_file_in_its_place_is_named()
    {
        _home.Write("pip_packages", "text");

        using var folder = Read();

        folder.Problems.Single().FileName.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void A_wheel_that_is_cut_off_is_named(int missing)
    {
        var path = new TinyWheel("foo", "1.0") { PayloadSize = 10_000 }.WriteTo(Folder);
        Truncate(path, missing);

        ShouldLeaveOut("foo-1.0-py3-none-any.whl", FolderProblemKind.Damaged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public void An_sdist_that_is_cut_off_is_named(int missing)
    {
        Truncate(WriteSdist("foo-1.0.tar.gz"), missing);

        ShouldLeaveOut("foo-1.0.tar.gz", FolderProblemKind.Damaged);
    }

    [Theory]
    [InlineData("foo-1.0-py3-none-any.whl")]
    [InlineData("foo-1.0.tar.gz")]
    [InlineData("foo-1.0.zip")]
    [InlineData("foo-1.0.tar.bz2")]
    public void A_page_that_was_saved_as_a_package_is_named(string name)
    {
        _home.Write("pip_packages/" + name, "<html>404 not found</html>");

        ShouldLeaveOut(name, FolderProblemKind.Damaged);
    }

    [Theory]
    [InlineData("foo-1.1-py3-none-any.whl")]
    [InlineData("bar-1.0-py3-none-any.whl")]
    public void A_wheel_under_the_name_of_another_is_named(string name)
    {
        File.Move(new TinyWheel("foo", "1.0").WriteTo(Folder), Path.Combine(Folder, name));

        var problem = ShouldLeaveOut(name, FolderProblemKind.Renamed);

        problem.Text.Why.ShouldBe("it holds foo 1.0");
    }

    [Theory]
    [InlineData("foo-1.0-py3-none-any (1).whl")]
    [InlineData("foo.whl")]
    [InlineData("foo-x-py3-none-any.whl")]
    [InlineData("foo-1.0-x-py3-none-any.whl")]
    [InlineData("foo\n-1.0-py3-none-any.whl")]
    public void A_wheel_that_pip_would_pass_over_for_its_name_is_named(string name)
    {
        File.Move(new TinyWheel("foo", "1.0").WriteTo(Folder), Path.Combine(Folder, name));

        ShouldLeaveOut(name, FolderProblemKind.BadName).Text.What.ShouldNotContain("\n");
    }

    [Fact]
    public void A_wheel_without_metadata_is_named()
    {
        Directory.CreateDirectory(Folder);
        using (var archive = ZipFile.Open(Path.Combine(Folder, "foo-1.0-py3-none-any.whl"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("foo/METADATA");
        }

        ShouldLeaveOut("foo-1.0-py3-none-any.whl", FolderProblemKind.Damaged);
    }

    [Fact]
    public void A_link_to_nothing_is_named_and_one_to_a_file_is_followed()
    {
        var elsewhere = new TinyWheel("foo", "1.0").WriteTo(_home.At("elsewhere"));
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path.Combine(Folder, "foo-1.0-py3-none-any.whl"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(Folder, "bar-1.0-py3-none-any.whl"), _home.At("nothing"));

        using var folder = Read();

        folder.Files.Single().Size.ShouldBe(new FileInfo(elsewhere).Length);
        folder.Problems.Single().Kind.ShouldBe(FolderProblemKind.FileUnreadable);
    }

    [Fact]
    public async Task A_file_is_found_by_its_content_under_any_name()
    {
        var path = new TinyWheel("foo", "1.0").WriteTo(Folder);
        new TinyWheel("bar", "1.0").WriteTo(Folder);
        var alias = Path.Combine(Folder, "foo-1.0-0-py3-none-any.whl");
        File.Move(path, alias);
        var sha = StoreHome.Sha(File.ReadAllBytes(alias));
        var size = new FileInfo(alias).Length;
        using var folder = Read();

        (await folder.FindAsync(new WantedFile(Path.GetFileName(path), sha, size), StoreHome.Token))
            .ShouldBe(new StoredFile(sha, "foo-1.0-0-py3-none-any.whl", alias, size));
        (await folder.FindAsync(new WantedFile(Path.GetFileName(alias), StoreHome.Sha("x"), size), StoreHome.Token))
            .ShouldBeNull();
    }

    [Fact]
    public async Task A_lock_is_complete_with_files_of_both_places()
    {
        WriteSdist("baz-2.0.tar.gz");
        using var folder = Read();
        var digest = await folder.DigestAsync(folder.Files.Single(), StoreHome.Token);
        var stored = await _home.AddAsync("foo-1.0-py3-none-any.whl", "foo");
        var stepLock = LockSamples(stored, new StoredFile(digest, "baz-2.0.tar.gz", "", folder.Files[0].Size));

        var check = await LockCompleteness.CheckAsync(stepLock, [_home.Store, folder], StoreHome.Token);

        check.IsComplete.ShouldBeTrue();
        check.Present.Select(file => file.Stored.Path).ShouldBe([stored.Path, folder.Files[0].Path]);
    }

    [Fact]
    public async Task What_was_read_is_not_read_again_until_the_file_changes()
    {
        var path = new TinyWheel("foo", "1.0").WriteTo(Folder);
        using var first = Read();
        var digest = await first.DigestAsync(first.Files.Single(), StoreHome.Token);
        await first.RememberAsync(StoreHome.Token);

        var remembered = StoreHome.Sha("as it was remembered");
        Remembered(digest, remembered);
        using var second = Read();
        (await second.DigestAsync(second.Files.Single(), StoreHome.Token)).ShouldBe(remembered);

        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var third = Read();
        (await third.DigestAsync(third.Files.Single(), StoreHome.Token)).ShouldBe(digest);
    }

    [Fact]
    public async Task What_was_written_just_now_is_not_remembered()
    {
        var path = new TinyWheel("foo", "1.0").WriteTo(Folder);
        _time.AdjustTime(new DateTimeOffset(File.GetLastWriteTimeUtc(path)).AddSeconds(1));
        using var folder = Read();
        var digest = await folder.DigestAsync(folder.Files.Single(), StoreHome.Token);

        await folder.RememberAsync(StoreHome.Token);

        FactsText().ShouldNotContain(digest);
    }

    [Fact]
    public async Task A_file_that_changes_under_our_hands_is_read_anew()
    {
        var path = new TinyWheel("foo", "1.0").WriteTo(Folder);
        using var folder = Read();
        var before = await folder.DigestAsync(folder.Files.Single(), StoreHome.Token);

        await File.WriteAllTextAsync(path, "changed", StoreHome.Token);

        (await folder.DigestAsync(folder.Files.Single(), StoreHome.Token)).ShouldBe(StoreHome.Sha("changed"));
        before.ShouldNotBe(StoreHome.Sha("changed"));
    }

    [Fact]
    public void The_identity_is_that_of_the_place()
    {
        using var before = Read();
        new TinyWheel("foo", "1.0").WriteTo(Folder);
        using var after = FindLinksFolder.Read(Folder + "/../pip_packages/", _home.Store, _time);
        using var other = FindLinksFolder.Read(_home.At("other"), _home.Store, _time);

        after.Identity.ShouldBe(before.Identity);
        other.Identity.ShouldNotBe(before.Identity);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_no_failure()
    {
        new TinyWheel("foo", "1.0").WriteTo(Folder);
        using var store = WheelhouseStore.Open(_home.Write("file", "") + "/below");
        using var folder = FindLinksFolder.Read(Folder, store, _time);

        await folder.RememberAsync(StoreHome.Token);
    }

    private static StepLock LockSamples(params StoredFile[] files) => new()
    {
        Key = StoreHome.Sha("key"),
        KeyText = "key",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Scope = "public",
        Interpreter = "cpython 3.12",
        Files =
        [
            .. files.Select(file => new LockedFile
            {
                FileName = file.FileName, Sha256 = file.Sha256, Size = file.Size, Kind = LockedFileKind.Wheel,
            }),
        ],
    };

    private static void Truncate(string path, int missing)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(Math.Max(0, file.Length - missing));
    }

    private FindLinksFolder Read() => FindLinksFolder.Read(Folder, _home.Store, _time);

    private FolderProblem ShouldLeaveOut(string name, FolderProblemKind kind)
    {
        using var folder = Read();
        folder.Files.ShouldBeEmpty();
        var problem = folder.Problems.Single();
        problem.Kind.ShouldBe(kind);
        problem.FileName.ShouldBe(name);
        problem.Text.What.ShouldEndWith($" in {Folder} is left out");
        return problem;
    }

    private string WriteSdist(string name)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name);
        var payload = new byte[20_000];
        new Random(1).NextBytes(payload);
        using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "foo-1.0/PKG-INFO")
        {
            DataStream = new MemoryStream([.. Encoding.UTF8.GetBytes("Name: foo\nVersion: 1.0\n"), .. payload]),
        });
        return path;
    }

    private string FactsPath() => Directory.GetFiles(Path.Combine(_home.Root, "facts")).Single();

    private string FactsText() => File.ReadAllText(FactsPath());

    private void Remembered(string old, string replacement) =>
        File.WriteAllText(FactsPath(), FactsText().Replace(old, replacement));
}
