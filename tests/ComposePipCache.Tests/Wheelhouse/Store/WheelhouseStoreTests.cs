using System.Text;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Store;

public sealed class WheelhouseStoreTests : IDisposable
{
    private const string Name = "foo-1.0-py3-none-any.whl";

    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_wheelhouse_that_is_not_there_is_empty_and_stays_so()
    {
        _home.Store.Find(StoreHome.Sha("x")).ShouldBeNull();
        _home.Store.List().ShouldBeEmpty();
        _home.Store.Measure().ShouldBe(new StoreUsage(0, 0));

        Directory.Exists(_home.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_lies_under_its_content_with_its_own_name()
    {
        var sha = StoreHome.Sha("content");

        using var content = StoreHome.Stream("content");

        var stored = await _home.Store.AddAsync(Name, sha.ToUpperInvariant(), content, StoreHome.Token);

        stored.ShouldBe(new StoredFile(
            sha, Name, Path.Combine(_home.Root, "wheels", "sha256", sha[..2], sha, Name), "content".Length));
        File.ReadAllText(stored.Path).ShouldBe("content");
        _home.Store.Find(sha).ShouldBe(stored);
        _home.Store.Find(sha, Name).ShouldBe(stored);
        _home.Store.Find(sha, "other-1.0-py3-none-any.whl").ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_temporary_is_left()
    {
        var stored = await _home.AddAsync(Name, "content");

        _home.Store.Dispose();

        _home.Files().ShouldBe([Path.GetRelativePath(_home.Root, stored.Path)]);
    }

    [Fact]
    public async Task The_root_is_made_for_its_owner_alone()
    {
        await _home.AddAsync(Name, "content");

        File.GetUnixFileMode(_home.Root)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Another_content_than_the_promised_one_is_refused_and_leaves_nothing()
    {
        var promised = StoreHome.Sha("content");

        var error = await Should.ThrowAsync<DigestMismatchException>(
            () => _home.Store.AddAsync(Name, promised, StoreHome.Stream("contents"), StoreHome.Token));

        error.FileName.ShouldBe(Name);
        error.Expected.ShouldBe(promised);
        error.Actual.ShouldBe(StoreHome.Sha("contents"));
        error.Problem.Why.ShouldBe($"its sha256 is {error.Actual}, expected {promised}");
        _home.Store.List().ShouldBeEmpty();
        _home.Files().ShouldAllBe(file => file.EndsWith("/owner"));
    }

    [Fact]
    public async Task Of_a_promised_file_that_is_there_nothing_is_read()
    {
        var stored = await _home.AddAsync(Name, "content");
        using var stream = new FailingStream(0);

        (await _home.Store.AddAsync(Name, stored.Sha256, stream, StoreHome.Token)).ShouldBe(stored);
    }

    [Fact]
    public async Task Adding_a_file_again_mends_a_damaged_one()
    {
        var stored = await _home.AddAsync(Name, "content");
        File.WriteAllText(stored.Path, "CONTENT");

        (await _home.AddAsync(Name, "content")).ShouldBe(stored);

        File.ReadAllText(stored.Path).ShouldBe("content");
    }

    [Fact]
    public async Task One_content_may_have_two_names_and_counts_once()
    {
        var one = await _home.AddAsync("foo-1.0-1-py3-none-any.whl", "content");
        var two = await _home.AddAsync(Name, "content");
        var other = await _home.AddAsync("bar-1.0.tar.gz", "other");

        _home.Store.List().ShouldBe([one, two, other], ignoreOrder: true);
        _home.Store.Find(one.Sha256).ShouldBe(one);
        _home.Store.Measure().ShouldBe(new StoreUsage(2, "contentother".Length));
    }

    [Theory]
    [InlineData("../foo.whl")]
    [InlineData("foo")]
    [InlineData("foo\u001b[31m.whl")]
    public async Task A_name_that_cannot_be_kept_is_refused(string name)
    {
        var error = await Should.ThrowAsync<WheelhouseException>(() => _home.AddAsync(name, "content"));

        error.Problem.Code.ShouldBe("wheelhouse-file-name");
        error.Message.ShouldNotContain("\u001b");
        _home.Files().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("xyz")]
    public void A_digest_that_is_none_is_a_bug_of_the_caller(string digest) =>
        Should.Throw<ArgumentException>(() => _home.Store.Find(digest));

    [Fact]
    public async Task A_source_that_fails_is_no_failure_of_the_wheelhouse()
    {
        using var stream = new FailingStream(100_000);

        var error = await Should.ThrowAsync<IOException>(
            () => _home.Store.AddAsync(Name, expectedSha256: null, stream, StoreHome.Token));

        error.Message.ShouldBe("the line is dead");
        _home.Store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_addition_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var stream = new FailingStream(long.MaxValue) { BeforeRead = cancellation.Cancel };

        await Should.ThrowAsync<OperationCanceledException>(
            () => _home.Store.AddAsync(Name, expectedSha256: null, stream, cancellation.Token));

        _home.Store.Dispose();
        _home.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_root_that_cannot_be_made_is_told_with_its_path()
    {
        var file = _home.Write("file", "");
        using var store = WheelhouseStore.Open(Path.Combine(file, "root"));

        var error = await Should.ThrowAsync<WheelhouseException>(
            () => store.AddAsync(Name, expectedSha256: null, StoreHome.Stream("content"), StoreHome.Token));

        error.Problem.Code.ShouldBe("wheelhouse-not-writable");
        error.Message.ShouldContain(Path.Combine(file, "root"));
        error.Problem.Hint!.ShouldContain("PIPCACHE_DIR");
    }

    [Fact]
    public async Task An_existing_file_is_copied_and_never_linked()
    {
        var path = _home.Write("pip_packages/" + Name, "content");

        var stored = await _home.Store.AddExistingFileAsync(path, StoreHome.Sha("content"), StoreHome.Token);
        File.WriteAllText(path, "changed");

        File.ReadAllText(stored.Path).ShouldBe("content");
        stored.FileName.ShouldBe(Name);
    }

    [Fact]
    public async Task An_existing_file_that_is_missing_is_named()
    {
        var error = await Should.ThrowAsync<WheelhouseException>(
            () => _home.Store.AddExistingFileAsync(_home.At(Name), expectedSha256: null, StoreHome.Token));

        error.Problem.What.ShouldBe($"cannot read {_home.At(Name)}");
    }

    [Fact]
    public async Task A_stored_file_is_compared_with_its_digest_when_asked()
    {
        var intact = await _home.AddAsync(Name, "content");
        var damaged = await _home.AddAsync("bar-1.0.tar.gz", "content of bar");
        File.AppendAllText(damaged.Path, "!");

        (await WheelhouseStore.VerifyAsync(intact, StoreHome.Token)).ShouldBe(StoredFileState.Intact);
        (await WheelhouseStore.VerifyAsync(damaged, StoreHome.Token)).ShouldBe(StoredFileState.Damaged);
        _home.Store.Remove(damaged);
        (await WheelhouseStore.VerifyAsync(damaged, StoreHome.Token)).ShouldBe(StoredFileState.Missing);
        _home.Store.List().ShouldBe([intact]);
    }

    [Fact]
    public async Task Removing_what_is_gone_does_nothing()
    {
        var stored = await _home.AddAsync(Name, "content");

        _home.Store.Remove(stored);
        _home.Store.Remove(stored);

        Directory.Exists(Path.GetDirectoryName(stored.Path)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_has_no_place_in_a_wheelhouse_is_passed_over()
    {
        var stored = await _home.AddAsync(Name, "content");
        var folder = Path.GetDirectoryName(stored.Path)!;
        File.WriteAllText(Path.Combine(folder, ".DS_Store"), "");
        File.WriteAllText(Path.Combine(_home.Root, "wheels", "sha256", "stray.whl"), "");
        Directory.CreateDirectory(Path.Combine(_home.Root, "wheels", "sha256", "zz", "stray"));

        _home.Store.List().ShouldBe([stored]);
    }

    [Fact]
    public async Task Many_additions_of_one_file_at_once_all_succeed()
    {
        var content = Encoding.UTF8.GetBytes(new string('x', 1_000_000));
        using var other = WheelhouseStore.Open(_home.Root);

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            number => (number % 2 == 0 ? _home.Store : other).AddAsync(
                Name, StoreHome.Sha(content), new MemoryStream(content), StoreHome.Token)));

        added.Distinct().Count().ShouldBe(1);
        (await WheelhouseStore.VerifyAsync(added[0], StoreHome.Token)).ShouldBe(StoredFileState.Intact);
    }

    private sealed class FailingStream(long length) : MemoryStream
    {
        private long _left = length;

        public Action BeforeRead { get; init; } = () => { };

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BeforeRead();
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(buffer.Length, _left);
            _left -= count;
            return count > 0 ? ValueTask.FromResult(count) : throw new IOException("the line is dead");
        }
    }
}
