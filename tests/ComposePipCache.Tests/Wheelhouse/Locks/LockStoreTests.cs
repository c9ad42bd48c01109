using ComposePipCache.Wheelhouse.Locks;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Locks;

public sealed class LockStoreTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly LockStore _locks;

    public LockStoreTests() => _locks = new LockStore(_home.Store);

    private string LockPath => Path.Combine(_home.Root, "locks", LockSamples.Key + ".json");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_lock_is_read_as_it_was_written()
    {
        var written = await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);

        var (read, problem) = _locks.Find(LockSamples.Key);

        problem.ShouldBeNull();
        read!.Files.ShouldBe(written.Files);
        read.Indexes.ShouldBe(written.Indexes);
        (read with { Files = written.Files, Indexes = written.Indexes }).ShouldBe(written);
        _locks.Keys().ShouldBe([LockSamples.Key]);
    }

    [Fact]
    public async Task A_lock_is_text_that_people_can_read()
    {
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);

        File.ReadAllText(LockPath).ShouldBe(LockSamples.FullText);
    }

    [Fact]
    public async Task Equal_locks_are_equal_bytes_whatever_their_order()
    {
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);
        var first = File.ReadAllBytes(LockPath);
        var shuffled = LockSamples.Full with
        {
            CreatedAt = LockSamples.Full.CreatedAt.ToOffset(TimeSpan.FromHours(2)),
            Files = [.. LockSamples.Full.Files.Reverse(), LockSamples.Full.Files[0]],
        };

        await _locks.WriteAsync(shuffled, StoreHome.Token);

        File.ReadAllBytes(LockPath).ShouldBe(first);
    }

    [Fact]
    public async Task No_credential_is_written()
    {
        var secret = LockSamples.Full with
        {
            Indexes = ["https://user:sesame@index.example/simple/?token=sesame", "user:sesame@nothing"],
            Files =
            [
                LockSamples.Full.Files[0] with { Url = "https://sesame@files.example/a.whl?sig=sesame#sha256=sesame" },
                LockSamples.Full.Files[1] with { Url = "https://user:se/same@files.example/a.whl" },
            ],
        };

        var written = await _locks.WriteAsync(secret, StoreHome.Token);

        File.ReadAllText(LockPath).ShouldNotContain("same");
        written.Indexes.ShouldBe(["https://index.example/simple/", "(unreadable URL)"]);
        written.Files.Single(file => file.FileName == secret.Files[0].FileName).Url
            .ShouldBe("https://files.example/a.whl");
    }

    [Fact]
    public void A_lock_that_was_never_written_is_absent_without_a_word()
    {
        _locks.Find(LockSamples.Key).ShouldBe(new RecordLookup<StepLock>(null, null));
        _locks.Keys().ShouldBeEmpty();
        _locks.Remove(LockSamples.Key);
    }

    [Fact]
    public async Task A_removed_lock_is_absent()
    {
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);

        _locks.Remove(LockSamples.Key);

        _locks.Find(LockSamples.Key).Record.ShouldBeNull();
    }

    [Fact]
    public async Task A_lock_of_a_newer_version_counts_as_absent_and_survives_being_replaced()
    {
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);
        var newer = LockSamples.FullText.Replace("\"formatVersion\": 1", "\"formatVersion\": 7");
        File.WriteAllText(LockPath, newer);

        var (read, problem) = _locks.Find(LockSamples.Key);
        _locks.Find(LockSamples.Key).Problem.ShouldBe(problem);
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);

        read.ShouldBeNull();
        problem!.Why.ShouldBe("it has format 7, this version knows 1");
        File.ReadAllText(Aside(1)).ShouldBe(newer);
        _locks.Find(LockSamples.Key).Record.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(DamagedTexts))]
    public async Task A_damaged_lock_is_set_aside_and_told_about_once(string name, string text)
    {
        await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);
        File.WriteAllText(LockPath, text);

        var (read, problem) = _locks.Find(LockSamples.Key);

        read.ShouldBeNull(name);
        problem!.Code.ShouldBe("wheelhouse-record-damaged");
        problem.Hint.ShouldBe($"it was kept as {Aside(1)}");
        File.ReadAllText(Aside(1)).ShouldBe(text);
        _locks.Find(LockSamples.Key).Problem.ShouldBeNull();
        _locks.Keys().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_damaged_locks_are_both_kept()
    {
        foreach (var text in (string[])["one", "two"])
        {
            await _locks.WriteAsync(LockSamples.Full, StoreHome.Token);
            File.WriteAllText(LockPath, text);
            _locks.Find(LockSamples.Key);
        }

        File.ReadAllText(Aside(1)).ShouldBe("one");
        File.ReadAllText(Aside(2)).ShouldBe("two");
    }

    [Fact]
    public void A_lock_that_cannot_be_right_is_not_written()
    {
        var bad = LockSamples.Full with { Files = [LockSamples.Full.Files[0] with { FileName = "../evil.whl" }] };

        Should.Throw<ArgumentException>(() => _locks.WriteAsync(bad, StoreHome.Token));
    }

    public static TheoryData<string, string> DamagedTexts => new()
    {
        { "empty", "" },
        { "cut off", LockSamples.FullText[..200] },
        { "zeros", new string('\0', 100) },
        { "a list", "[]" },
        { "no version", "{}" },
        { "a member is missing", """{"formatVersion": 1}""" },
        { "another key", LockSamples.FullText.Replace(LockSamples.Key, StoreHome.Sha("another")) },
        { "an evil name", LockSamples.FullText.Replace("bar-1.0.tar.gz", "../bar-1.0.tar.gz") },
        { "an evil digest", LockSamples.FullText.Replace(StoreHome.Sha("bar"), "../../bar") },
        { "a negative size", LockSamples.FullText.Replace("\"size\": 3", "\"size\": -3") },
        { "an unknown kind", LockSamples.FullText.Replace("\"sdist\"", "\"egg\"") },
        { "a null in a list", LockSamples.FullText.Replace("\"files\": [", "\"files\": [ null,") },
        { "a null text", LockSamples.FullText.Replace("\"scope\": \"public\"", "\"scope\": null") },
    };

    private string Aside(int number) => Path.Combine(_home.Root, "locks", "aside", $"{LockSamples.Key}.{number}.json");
}
