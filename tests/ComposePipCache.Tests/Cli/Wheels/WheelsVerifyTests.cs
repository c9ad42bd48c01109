using ComposePipCache.Tests.Wheelhouse;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Wheels;

public sealed class WheelsVerifyTests : IDisposable
{
    private readonly WheelsHarness _wheels = new();

    public void Dispose() => _wheels.Dispose();

    [Fact]
    public async Task All_is_well()
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("verify")).ShouldBe(0);

        _wheels.Output.ShouldBeEmpty();
        _wheels.Notes.ShouldBe("5 files, 6.1 KiB: all intact\n");
        _wheels.Cli.Terminal.Progress[^2].ShouldBe("verifying 5/5 files, 6.1 KiB of 6.1 KiB");
        _wheels.Cli.Terminal.Progress[^1].ShouldBeNull();
    }

    [Fact]
    public async Task What_is_wrong_is_listed()
    {
        await BreakAsync();

        (await _wheels.RunAsync("verify")).ShouldBe(2);

        Golden.Matches(_wheels.Output + _wheels.Notes, "wheels-verify");
        _wheels.Projects().Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_repair_leaves_what_is_intact()
    {
        await BreakAsync();

        (await _wheels.RunAsync("verify", "--repair")).ShouldBe(2);

        _wheels.Notes.ShouldEndWith("1 damaged, 1 missing; removed 1 file: the next build fetches them\n");
        _wheels.Projects().ShouldBe(["alpha 1.9", "beta-b 2.0", "gamma 0.1"]);
    }

    [Fact]
    public async Task Json_tells_the_same()
    {
        await BreakAsync();

        (await _wheels.RunAsync("verify", "--format", "json", "--repair")).ShouldBe(2);

        _wheels.Json.GetProperty("files").GetInt32().ShouldBe(4);
        _wheels.Json.GetProperty("removed").GetInt32().ShouldBe(1);
        _wheels.Json.GetProperty("findings").EnumerateArray().Select(one => one.GetProperty("kind").GetString())
            .ShouldBe(["damaged", "missing"]);
        _wheels.Notes.ShouldBeEmpty();
    }

    private async Task BreakAsync()
    {
        await _wheels.FillAsync();
        foreach (var package in _wheels.Stock.Inventory.Packages)
        {
            if (package.File.FileName.StartsWith("alpha-1.10-", StringComparison.Ordinal))
            {
                await File.WriteAllTextAsync(package.File.Path, "x", StoreHome.Token);
            }
            else if (package.File.FileName == "beta_b-2.0.tar.gz")
            {
                _wheels.Store.Remove(package.File);
            }
        }
    }
}
