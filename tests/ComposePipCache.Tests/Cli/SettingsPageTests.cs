using System.Runtime.CompilerServices;
using ComposePipCache.Build;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

/// <summary>Holds the table in docs/settings.md to what the program takes.</summary>
public class SettingsPageTests
{
    private static readonly string[][] Rows = [.. File.ReadAllLines(PagePath())
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim().Trim('`')).ToArray())];

    private static string PagePath([CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "docs", "settings.md");

    private static IEnumerable<string> Column(int index) => Rows.Select(row => row[index]).Where(cell => cell != "");

    [Fact]
    public void Every_flag_is_there_with_its_value_its_variable_and_its_line_of_help() =>
        Rows.Where(row => row[0] != "").Select(row => (row[0], row[1], row[4])).ShouldBe(PipCacheFlags.All.Select(
            flag => ($"--{flag.Name}{ValueOf(flag)}", flag.Variable ?? "", flag.Description.Split(" (default")[0])));

    [Fact]
    public void Every_key_is_there_and_no_other() =>
        Column(2).Order(StringComparer.Ordinal).ShouldBe(SettingKeys.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void The_defaults_are_those_of_the_help() =>
        Rows.Where(row => row[0].Contains(' ', StringComparison.Ordinal) && row[3] != "none").ShouldAllBe(
            row => PipCacheFlags.Find(row[0].Substring(2).Split(' ')[0])!
                .Description.EndsWith($"(default {row[3]})", StringComparison.Ordinal));

    [Fact]
    public void And_those_of_the_builder()
    {
        var place = new SettingPlace(null, "/", "/");
        new SettingValue("", Default("refresh-after"), place).AsDuration().ShouldBe(PipSettings.DefaultRefreshAfter);
        new SettingValue("", Default("retries"), place).AsCount().ShouldBe(PipSettings.DefaultRetries);
    }

    private static string Default(string key) => Rows.Single(row => row[2] == key)[3];

    private static string ValueOf(PipCacheFlag flag) => flag.ValueType switch
    {
        null => "",
        "stringArray" => " DIR",
        { } type => $" {type.ToUpperInvariant()}",
    };
}
