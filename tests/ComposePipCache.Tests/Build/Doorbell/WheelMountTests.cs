using System.Security.Cryptography;
using ComposePipCache.Build.Doorbell.Containers;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

/// <summary>Filling the wheel mount, with real shells.</summary>
public class WheelMountTests
{
    private static readonly ViewName Name = new("public", "step");

    /// <summary>With the step's Python and without: two receivers, one result.</summary>
    public static IEnumerable<TheoryDataRow<string, bool>> Receivers =>
        LocalContainer.Shells.SelectMany(shell => new[] { true, false }.Select(python => new TheoryDataRow<string, bool>(shell, python)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Receivers))]
    public async Task Only_what_is_missing_is_sent(string shell, bool hasPython)
    {
        await using var local = Start(shell, hasPython);
        SeedFile[] files = [Random(1, 3_000_001), Random(2, 0), Random(3, 65536), Random(4, 1), Random(5, 262144)];

        (await local.Container.Wheels.AddAsync(files[..2], Cancellation)).ShouldBe(new SeedResult(2, 3_000_001));
        (await local.Container.Wheels.AddAsync([.. files, files[2]], Cancellation)).ShouldBe(new SeedResult(3, 65536 + 1 + 262144));
        (await local.Container.Wheels.AddAsync(files, Cancellation)).ShouldBe(new SeedResult(0, 0));

        (await local.Container.Wheels.ListAsync(Cancellation)).ShouldBe(
            files.Select(file => new StoredFile(file.Sha256, file.Size)), ignoreOrder: true);
        foreach (var file in files)
        {
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Stored(local, file)))).ShouldBe(file.Sha256);
        }
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_file_that_is_no_longer_what_it_was_is_taken_away_and_sent_anew(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        SeedFile[] files = [Random(1, 1000), Random(2, 1000), Random(3, 1000)];
        ViewEntry[] entries = [.. files.Select((file, i) => new ViewEntry($"it's-{i}.whl", file.Sha256))];
        var view = new View(Name, entries, "<a>\n"u8.ToArray(), "first");
        await local.Container.Wheels.AddAsync(files, Cancellation);
        await local.Container.Wheels.PublishAsync(view, Cancellation);
        (await local.Container.Wheels.RemoveSpoiledAsync(Name, entries, Cancellation)).ShouldBeEmpty();

        // One in both places, by its link; of another the view alone.
        File.WriteAllText(Stored(local, files[0]), "x");
        var lone = Path.Combine(local.WheelPath + Name.Selector, "it's-2.whl");
        File.Delete(lone);
        File.WriteAllText(lone, "x");

        (await local.Container.Wheels.RemoveSpoiledAsync(Name, entries, Cancellation)).ShouldBe([files[0].Sha256, files[2].Sha256]);
        (await local.Container.Wheels.AddAsync(files, Cancellation)).Files.ShouldBe(1);
        (await local.Container.Wheels.PublishAsync(view, Cancellation)).ShouldBeTrue();
        (await local.Container.Wheels.RemoveSpoiledAsync(Name, entries, Cancellation)).ShouldBeEmpty();
        new FileInfo(lone).Length.ShouldBe(1000);
    }

    [Theory]
    [MemberData(nameof(Receivers))]
    public async Task A_file_that_becomes_shorter_is_the_end_and_leaves_nothing(string shell, bool hasPython)
    {
        await using var local = Start(shell, hasPython);
        var good = Random(1, 1000);
        var bad = Random(2, 100_000) with { Open = Random(2, 99_999).Open };

        await Should.ThrowAsync<EndOfStreamException>(local.Container.Wheels.AddAsync([good, bad], Cancellation));

        await Should.ThrowAsync<SeedException>(local.Container.Wheels.ListAsync(Cancellation));
        await using var next = local.Another();
        (await next.Wheels.ListAsync(Cancellation)).ShouldBe([new StoredFile(good.Sha256, good.Size)]);
    }

    [Theory]
    [MemberData(nameof(Receivers))]
    public async Task A_full_disk_is_told_as_such(string shell, bool hasPython)
    {
        await using var local = Start(shell, hasPython);
        var file = Random(1, 1_000_000);
        // The first file makes the folder that files arrive in.
        await local.Container.Wheels.AddAsync([Random(2, 1)], Cancellation);
        var stage = Directory.GetDirectories(Path.Combine(local.WheelPath, "tmp")).ShouldHaveSingleItem();
        File.CreateSymbolicLink(Path.Combine(stage, file.Sha256), "/dev/full");

        var failure = await Should.ThrowAsync<SeedException>(local.Container.Wheels.AddAsync([file], Cancellation));

        failure.Failure.ShouldBe(SeedFailure.NoSpace);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_view_holds_links_the_page_and_the_fingerprint(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var file = Random(1, 1000);
        await local.Container.Wheels.AddAsync([file], Cancellation);
        var view = new View(Name, [new ViewEntry("it's-1.0-0-py3-none-any.whl", file.Sha256)], "<a>\n"u8.ToArray(), "first");

        (await local.Container.Wheels.ReadFingerprintAsync(Name, Cancellation)).ShouldBeNull();
        (await local.Container.Wheels.PublishAsync(view, Cancellation)).ShouldBeTrue();
        (await local.Container.Wheels.PublishAsync(view, Cancellation)).ShouldBeFalse();

        var folder = local.WheelPath + Name.Selector;
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["it's-1.0-0-py3-none-any.whl", "links.html", "manifest"], ignoreOrder: true);
        File.ReadAllText(Path.Combine(folder, "links.html")).ShouldBe("<a>\n");
        File.ReadAllText(Path.Combine(folder, "manifest")).ShouldBe("first");
        (File.GetUnixFileMode(folder) & UnixFileMode.OtherRead).ShouldNotBe(UnixFileMode.None);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_view_that_a_step_took_something_from_is_made_again(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var file = Random(1, 1000);
        await local.Container.Wheels.AddAsync([file], Cancellation);
        var view = new View(Name, [new ViewEntry("a.whl", file.Sha256), new ViewEntry("b.whl", file.Sha256)], "<a>\n"u8.ToArray(), "first");
        await local.Container.Wheels.PublishAsync(view, Cancellation);
        var taken = Path.Combine(local.WheelPath + Name.Selector, "b.whl");
        File.Delete(taken);

        (await local.Container.Wheels.PublishAsync(view, Cancellation)).ShouldBeTrue();

        new FileInfo(taken).Length.ShouldBe(file.Size);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_new_view_leaves_the_old_folder_to_those_who_hold_it(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        await local.Container.Wheels.PublishAsync(new View(Name, [], "one"u8.ToArray(), "1"), Cancellation);
        var holder = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", "read x; cat links.html"])
        {
            WorkingDirectory = local.WheelPath + Name.Selector,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = System.Diagnostics.Process.Start(holder)!;

        await local.Container.Wheels.PublishAsync(new View(Name, [], "two"u8.ToArray(), "2"), Cancellation);
        await local.Container.Wheels.PublishAsync(new View(Name, [], "three"u8.ToArray(), "3"), Cancellation);
        await process.StandardInput.WriteLineAsync("go");

        (await process.StandardOutput.ReadToEndAsync(Cancellation)).ShouldBe("one");
        File.ReadAllText(local.WheelPath + Name.Selector + "/links.html").ShouldBe("three");
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_view_of_a_content_that_is_not_there_is_not_published(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var view = new View(Name, [new ViewEntry("a.whl", new string('0', 64))], default, "x");

        var failure = await Should.ThrowAsync<SeedException>(local.Container.Wheels.PublishAsync(view, Cancellation));

        failure.Text.Why.ShouldNotBeNull().ShouldContain(new string('0', 64));
        Directory.Exists(local.WheelPath + Name.Selector).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Many_publishers_at_once_leave_one_whole_view(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var files = Enumerable.Range(0, 5).Select(i => Random(i, 100 + i)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            await using var container = local.Another();
            await container.Wheels.AddAsync(files, Cancellation);
            var entries = files.Select((file, n) => new ViewEntry($"{i}-{n}.whl", file.Sha256)).ToList();
            await container.Wheels.PublishAsync(new View(Name, entries, default, $"{i}"), Cancellation);
        }));

        var folder = local.WheelPath + Name.Selector;
        var winner = File.ReadAllText(Path.Combine(folder, "manifest"));
        Directory.GetFiles(folder, "*.whl").Select(Path.GetFileName).ShouldBe(
            Enumerable.Range(0, 5).Select(n => $"{winner}-{n}.whl"), ignoreOrder: true);
        (await local.Container.Wheels.ListAsync(Cancellation)).Count.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task What_killed_processes_left_behind_is_swept_after_days(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        var old = Directory.CreateDirectory(Path.Combine(local.WheelPath, "tmp/1700000000-abc/deep")).Parent!;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var recent = Directory.CreateDirectory(Path.Combine(local.WheelPath, $"tmp/{now - 3600}-abc"));

        await local.Container.Wheels.AddAsync([Random(1, 10)], Cancellation);

        Directory.Exists(old.FullName).ShouldBeFalse();
        Directory.Exists(recent.FullName).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("..", "a")]
    [InlineData("a", "b/c")]
    [InlineData("a", "b\nc")]
    public void A_name_is_one_folder(string scope, string step)
    {
        Should.Throw<ArgumentException>(() => new ViewName(scope, step));
    }

    private static LocalContainer Start(string shell, bool hasPython) =>
        hasPython ? LocalContainer.Start(shell) : LocalContainer.StartWithoutPython(shell);

    private static string Stored(LocalContainer local, SeedFile file) => Path.Combine(local.WheelPath, "files", file.Sha256);

    private static SeedFile Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return new SeedFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), length, () => new MemoryStream(bytes));
    }
}
