using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>What README.md shows is what happens.</summary>
public partial class ReadmeTests
{
    private const RegexOptions Lines = RegexOptions.Multiline | RegexOptions.Singleline;

    [Fact]
    public async Task The_first_console_block_is_what_a_terminal_shows()
    {
        var (command, shown) = Blocks()[0] is [var first, .. var rest] ? (first, rest) : default;
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromExample(engine, "celery");
        (await project.PipCacheAsync("build")).ExitCode.ShouldBe(0);
        File.AppendAllText(Path.Combine(project.Folder, "requirements.txt"), "# a new comment\n");
        await engine.PruneAsync();

        BufferedCommandResult run;
        await BedScript.RunAsync("net", "cut", engine.Name);
        try
        {
            var inTerminal = $"script -qec 'stty cols 200 rows 60; {Typed(engine, command)}' /dev/null";
            run = await RunAsync(engine, project.Folder, inTerminal);
        }
        finally
        {
            await BedScript.RunAsync("net", "restore", engine.Name);
        }

        var seen = run.StandardOutput.Replace(project.Name, "celery", StringComparison.Ordinal)
            .Split('\n').Select(Plain).ToHashSet();
        run.ExitCode.ShouldBe(0, run.StandardOutput);
        shown.Select(Plain).Except(seen).ShouldBeEmpty(string.Join('\n', seen));
    }

    [Fact]
    public async Task What_is_installed_as_shown_is_found_by_docker_and_goes_again()
    {
        var commands = Blocks().Single(block => block.Any(line => Plain(line) == "$ make install"));
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        var plugin = Path.Combine(engine.ConfigDirectory, "cli-plugins", "docker-pipcache");
        File.Delete(plugin);
        var isThere = new List<string>();

        // What is published is there already: it is what these tests test.
        foreach (var line in commands.SkipWhile(line => Plain(line) == "$ make publish"))
        {
            var run = await RunAsync(engine, Repository.Root, Typed(engine, line));
            run.ExitCode.ShouldBe(0, $"{line}\n{run.StandardOutput}{run.StandardError}");
            isThere.Add($"{Plain(line)}: {File.Exists(plugin)}");
        }

        isThere.ShouldBe(["$ make install: True", "$ docker pipcache version: True", "$ make uninstall: False"]);
    }

    private static Task<BufferedCommandResult> RunAsync(Engine engine, string folder, string command) => Cli.Wrap("bash")
        .WithArguments(["-c", command])
        .WithWorkingDirectory(folder)
        .WithEnvironmentVariables(engine.Environment())
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync()
        .Task;

    private static IReadOnlyList<string[]> Blocks() =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .Select(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static string Typed(Engine engine, string line) =>
        Plain(line)["$ ".Length..]
            .Replace("docker ", $"{engine.Docker} ", StringComparison.Ordinal)
            .Replace("make ", $"make -o {Repository.Published} ", StringComparison.Ordinal);

    // Without colours and cursor moves, comments of the text, and what is different each time.
    private static string Plain(string line) => Blanks().Replace(
        Volatile().Replace(Escape().Replace(line.Split("  #")[0], ""), ""), " ").Trim();

    [GeneratedRegex("^```console\n(?<lines>.*?)^```", Lines, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\e\[[0-9;?]*[a-zA-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();

    // Times, and how much of how much is done: the README leaves some lines out.
    [GeneratedRegex(@"[0-9.]+s\b|\([0-9]+/[0-9]+\)|[0-9]+ of [0-9]+|, locked .*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
