using ComposePipCache.Build;
using ComposePipCache.Tests.Wheelhouse;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Wheels;

public sealed class WheelsListTests : IDisposable
{
    private readonly WheelsHarness _wheels = new();

    public void Dispose() => _wheels.Dispose();

    [Fact]
    public async Task Files_are_listed_with_who_uses_them()
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("ls")).ShouldBe(0);

        Golden.Matches(_wheels.Output, "wheels-ls");
    }

    [Theory]
    [InlineData("alpha-1.10-py3-none-any.whl alpha-1.9-py3-none-any.whl", "ALPHA")]
    [InlineData(
        "beta_b-2.0-cp312-cp312-linux_x86_64.whl beta_b-2.0.tar.gz gamma-0.1-py3-none-any.whl", "beta.*", "gam*")]
    [InlineData("gamma-0.1-py3-none-any.whl", "--unused")]
    [InlineData("", "--unused", "alpha")]
    public async Task Patterns_and_unused_choose(string expected, params string[] words)
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync(["ls", "--format", "json", .. words])).ShouldBe(0);

        _wheels.Json.EnumerateArray().Select(one => one.GetProperty("fileName").GetString()!)
            .Order(StringComparer.Ordinal).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Json_has_everything()
    {
        await _wheels.FillAsync();

        await _wheels.RunAsync("ls", "beta-b", "--format", "json");

        var built = _wheels.Json.EnumerateArray().First();
        built.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["project", "version", "kind", "size", "lastUsedAt", "usedBy", "fileName", "sha256", "path"]);
        built.GetProperty("kind").GetString().ShouldBe("built");
        built.GetProperty("usedBy")[0].GetString().ShouldBe("shop/web");
        built.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBe(StockedHome.Day(6));
        File.Exists(built.GetProperty("path").GetString()).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_users_are_counted_in_the_table_and_named_in_json()
    {
        var file = await _wheels.Stock.AddAsync("alpha-1.0-py3-none-any.whl", "a", day: 1);
        for (var number = 1; number <= 5; number++)
        {
            await _wheels.Stock.LockAsync($"web{number}", day: 1, file);
        }

        await _wheels.RunAsync("ls");

        _wheels.Output.ShouldContain("   web1, web2, web3, +2   ");
    }

    [Fact]
    public async Task A_name_that_would_write_to_the_terminal_does_not()
    {
        var file = await _wheels.Stock.AddAsync("alpha-1.0-py3-none-any.whl", "a", day: 1);
        await _wheels.Stock.LockAsync("\u001b[31mred", day: 1, file);

        await _wheels.RunAsync("ls");

        _wheels.Output.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_damaged_lock_is_a_warning()
    {
        await _wheels.FillAsync();
        var path = Directory.EnumerateFiles(Path.Combine(_wheels.Root, "locks")).First();
        await File.WriteAllTextAsync(path, "{", StoreHome.Token);

        (await _wheels.RunAsync("ls")).ShouldBe(0);

        _wheels.Notes.ShouldStartWith($"warning: {path} is damaged and counts as absent: ");
    }

    [Fact]
    public async Task Room_is_told_by_kind()
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("du")).ShouldBe(0);

        Golden.Matches(_wheels.Output.Replace(_wheels.Root, "ROOT", StringComparison.Ordinal), "wheels-du");
    }

    [Theory]
    [InlineData("project")]
    [InlineData("service")]
    public async Task Or_by_what_it_is_for(string by)
    {
        await _wheels.FillAsync();

        (await _wheels.RunAsync("du", "--by", by)).ShouldBe(0);

        Golden.Matches(_wheels.Output, $"wheels-du-{by}");
    }

    [Fact]
    public async Task The_total_in_json_is_what_max_size_is_about()
    {
        await _wheels.FillAsync();

        await _wheels.RunAsync("du", "--format", "json");

        var total = _wheels.Json.GetProperty("total");
        total.GetProperty("bytes").GetInt64().ShouldBe(11_300);
        total.GetProperty("unusedBytes").GetInt64().ShouldBe(100);
        _wheels.Json.GetProperty("locks").GetInt32().ShouldBe(3);
        _wheels.Json.GetProperty("root").GetString().ShouldBe(_wheels.Root);
        _wheels.Json.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("files").GetInt32())
            .ShouldBe([3, 1, 1]);
    }

    [Theory]
    [InlineData("invalid value \"xml\" for `--format`", "ls", "--format", "xml")]
    [InlineData("invalid value \"day\" for `--by`", "du", "--by", "day")]
    [InlineData("unknown command: `docker pipcache wheels list`", "list")]
    [InlineData("`docker pipcache wheels du` accepts no arguments, got \"alpha\"", "du", "alpha")]
    [InlineData("unknown flag: --bogus", "ls", "--bogus")]
    public async Task What_cannot_be_meant_is_named(string message, params string[] words)
    {
        var error = await Should.ThrowAsync<PipCacheException>(() => _wheels.RunAsync(words));

        error.Text.What.ShouldBe(message);
        error.Text.Hint.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("wheels")]
    [InlineData("wheels", "--help")]
    [InlineData("help", "wheels")]
    public async Task Help_of_the_group_names_its_commands(params string[] words)
    {
        (await _wheels.Cli.RunAsync(["pipcache", .. words])).ShouldBe(0);

        Golden.Matches(_wheels.Output, "help-wheels");
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("du")]
    [InlineData("verify")]
    [InlineData("prune")]
    [InlineData("export")]
    public async Task Each_command_has_help_of_its_own(string command)
    {
        (await _wheels.RunAsync(command, "--help")).ShouldBe(0);
        (await _wheels.Cli.RunAsync("pipcache", "help", "wheels", command)).ShouldBe(0);

        Golden.Matches(_wheels.Output[..(_wheels.Output.Length / 2)], $"help-wheels-{command}");
        _wheels.Output[(_wheels.Output.Length / 2)..].ShouldBe(_wheels.Output[..(_wheels.Output.Length / 2)]);
    }

    [Theory]
    [InlineData("verify prune :4", "wheels", "")]
    [InlineData("verify :4", "wheels", "v")]
    [InlineData("--by :4", "wheels", "du", "--b")]
    [InlineData(":4", "wheels", "ls", "")]
    [InlineData(":16", "wheels", "export", "")]
    [InlineData("--service :4", "wheels", "export", "--s")]
    public async Task The_shell_is_told_what_may_come(string expected, params string[] words)
    {
        await _wheels.Cli.RunAsync(["__completeNoDesc", "pipcache", .. words]);

        expected.Split(' ').ShouldBeSubsetOf(_wheels.Output.TrimEnd('\n').Split('\n'));
        _wheels.Cli.Processes.Captured.ShouldBeEmpty();
    }

    [Fact]
    public async Task Looking_writes_nothing()
    {
        await _wheels.RunAsync("ls");
        await _wheels.RunAsync("du");
        await _wheels.RunAsync("verify");

        Directory.Exists(_wheels.Root).ShouldBeFalse();
    }
}
