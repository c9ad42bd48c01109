using ComposePipCache.Build;
using ComposePipCache.Tests.Wheelhouse;
using ComposePipCache.Wheelhouse.Locks;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Wheels;

public sealed class WheelsExportTests : IDisposable
{
    private readonly WheelsHarness _wheels = new();

    private string Folder => _wheels.Cli.Folder.At("project", "out");

    public void Dispose() => _wheels.Dispose();

    [Fact]
    public async Task Everything_goes_to_a_folder_named_from_where_one_is()
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("export", "out")).ShouldBe(0);

        Names().Length.ShouldBe(6);
        _wheels.Notes.ShouldBe($"exported 5 files (6.1 KiB) to {Folder}\n");

        (await _wheels.RunAsync("export", "out")).ShouldBe(0);

        _wheels.Notes.ShouldEndWith($"exported 0 files (0 B) to {Folder}; 5 were there already\n");
    }

    [Theory]
    [InlineData("alpha-1.10-py3-none-any.whl alpha-1.9-py3-none-any.whl", "alpha")]
    [InlineData("alpha-1.9-py3-none-any.whl beta_b-2.0.tar.gz", "--service", "worker")]
    [InlineData(
        "alpha-1.10-py3-none-any.whl beta_b-2.0-cp312-cp312-linux_x86_64.whl beta_b-2.0.tar.gz",
        "--service",
        "shop/web")]
    [InlineData("beta_b-2.0-cp312-cp312-linux_x86_64.whl beta_b-2.0.tar.gz", "--service", "web", "beta*")]
    public async Task Patterns_and_a_service_choose(string expected, params string[] words)
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync(["export", "out", .. words])).ShouldBe(0);

        Names().ShouldBe(["SHA256SUMS", .. expected.Split(' ')]);
    }

    [Fact]
    public async Task Of_two_contents_with_one_name_the_choice_is_told()
    {
        var other = await _wheels.Stock.AddAsync("foo-1.0-py3-none-any.whl", "theirs", day: 8);
        await _wheels.Stock.LockAsync("own/api", day: 8, LockedFileKind.Built, other);
        var offered = await _wheels.Stock.AddAsync("foo-1.0-py3-none-any.whl", "offered", day: 1);
        await _wheels.Stock.LockAsync("shop/web", day: 1, offered);

        (await _wheels.RunAsync("export", "out")).ShouldBe(0);

        File.ReadAllText(Path.Combine(Folder, "foo-1.0-py3-none-any.whl")).ShouldBe("offered");
        _wheels.Notes.ShouldStartWith(
            "warning: foo-1.0-py3-none-any.whl has several contents: left out the one with sha256 "
            + $"{other.Sha256[..12]} (built, used by own/api)\n");
    }

    [Fact]
    public async Task What_is_not_in_the_folder_afterwards_is_a_finding()
    {
        await _wheels.FillAsync();
        _wheels.Cli.Folder.Write("project/out/alpha-1.10-py3-none-any.whl", "mine");
        var sdist = _wheels.Stock.Inventory.Packages.Single(one => one.File.FileName == "beta_b-2.0.tar.gz");
        _wheels.Store.Remove(sdist.File);

        (await _wheels.RunAsync("export", "out", "--service", "web")).ShouldBe(2);

        _wheels.Notes.ShouldBe(
            "warning: alpha-1.10-py3-none-any.whl was not exported: the folder has another file of that name\n"
            + "warning: beta_b-2.0.tar.gz was not exported: it is not stored any more\n"
            + $"exported 1 file (700 B) to {Folder}\n");
    }

    [Fact]
    public async Task A_damaged_file_is_a_finding_too()
    {
        await _wheels.FillAsync();
        var alpha = _wheels.Stock.Inventory.Packages[0];
        await File.WriteAllTextAsync(alpha.File.Path, "x", StoreHome.Token);

        (await _wheels.RunAsync("export", "out", "alpha")).ShouldBe(2);

        _wheels.Notes.ShouldContain($"warning: {alpha.File.FileName} was not exported: it is damaged, ");
    }

    [Theory]
    [InlineData("the wheelhouse is empty", false)]
    [InlineData("nothing stored matches omega", true, "omega")]
    [InlineData("nothing that web uses matches gamma", true, "gamma", "--service", "web")]
    public async Task Nothing_to_export_is_an_error(string why, bool isFilled, params string[] words)
    {
        if (isFilled)
        {
            await _wheels.FillAsync();
        }

        var error = await FailAsync(["export", "out", .. words]);

        error.What.ShouldBe("nothing to export");
        error.Why.ShouldBe(why);
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_never_built_is_named_with_those_that_did()
    {
        await _wheels.FillAsync();

        var error = await FailAsync("export", "out", "--service", "api");

        error.What.ShouldBe("no build of api has kept anything");
        error.Why.ShouldBe("there are locks of shop/web, shop/worker");
    }

    [Fact]
    public async Task A_folder_is_asked_for() =>
        (await FailAsync("export")).Hint.ShouldBe("run `docker pipcache wheels export --help` for what it takes");

    private async Task<ErrorText> FailAsync(params string[] words) =>
        (await Should.ThrowAsync<PipCacheException>(() => _wheels.RunAsync(words))).Text;

    private string[] Names() =>
        [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
