using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands;

/// <summary>What the shell shows at TAB: compose's suggestions, and ours where ours may stand.</summary>
internal static class CompletionCommand
{
    // Bits of the shell's answer, as docker's completion scripts read them.
    private const string NoFiles = ":4";
    private const string OnlyFolders = ":16";

    /// <summary>What an argument that takes a folder is called.</summary>
    public const string FolderArgument = "DIR";

    /// <summary>What an argument that takes services is called.</summary>
    public const string ServiceArgument = "SERVICE";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(DockerCommandLine docker, CommandServices services)
    {
        var typed = docker.Arguments.SkipLast(1).ToArray();
        var current = docker.Arguments.Count > 0 ? docker.Arguments[^1] : "";
        var answer = ValueWanted(typed, current) is { } flag
            ? [flag.IsList ? OnlyFolders : NoFiles]
            : await AnswerAsync(docker, ComposeCommandLine.Parse(typed), current, services);
        if (docker.CompletionRequest == "__completeNoDesc")
        {
            answer = [.. answer.Select(suggestion => suggestion.Split('\t')[0])];
        }

        services.Output.Data(Encoding.UTF8.GetBytes(string.Join('\n', answer) + "\n"));
        return ExitCode.Success;
    }

    private static async Task<IReadOnlyList<string>> AnswerAsync(
        DockerCommandLine docker, ComposeCommandLine line, string current, CommandServices services)
    {
        var ours = OursFor(line, current, services).Where(one => one.StartsWith(current, StringComparison.Ordinal));
        if (line.Verb is { } verb && OwnCommands.Contains(verb))
        {
            return [.. ours, .. await WordsAsync(docker, line, current, services)];
        }

        var theirs = await AskComposeAsync(runner => runner.PassOn(docker, line, current), services);
        return [.. ours, .. theirs];
    }

    private static IEnumerable<string> OursFor(ComposeCommandLine line, string current, CommandServices services)
    {
        var isOption = current.StartsWith('-');
        if (line.Verb is null)
        {
            return isOption ? Flags() : OwnCommands.Names.Select(name => Described(name, services));
        }

        if (OwnCommands.Contains(line.Verb))
        {
            var command = OwnCommands.Find(line.Verb, line.Arguments, services).Command;
            return isOption
                ? command.Options.Where(option => !option.Hidden)
                    .Select(option => $"{option.Name}\t{option.Description}")
                    .Concat(line.HasServices ? [] : OwnCommands.FlagsOf(line.Verb).Select(Described))
                : command.Subcommands.Select(one => $"{one.Name}\t{one.Description}");
        }

        return isOption && ComposeOptions.CanBuild(line.Verb) && !line.HasServices ? Flags() : [];
    }

    // What may stand there that is no option: services are those that `up` takes, and compose knows them.
    private static async Task<IEnumerable<string>> WordsAsync(
        DockerCommandLine docker, ComposeCommandLine line, string current, CommandServices services)
    {
        var command = OwnCommands.Find(line.Verb!, line.Arguments, services).Command;
        var isValue = line.Arguments is [.., var last]
            && command.Options.Any(option => option.Name == last && option.HelpName is not null);
        return (current.StartsWith('-') || isValue ? null : command.Arguments.FirstOrDefault()?.Name) switch
        {
            FolderArgument => [OnlyFolders],
            ServiceArgument => await AskComposeAsync(
                runner => runner.Start(docker, [.. line.Globals, "up", current]), services),
            _ => [NoFiles],
        };
    }

    private static IEnumerable<string> Flags() => PipCacheFlags.All.Select(Described);

    private static string Described(PipCacheFlag flag) => $"--{flag.Name}\t{flag.Description}";

    private static string Described(string name, CommandServices services) =>
        $"{name}\t{OwnCommands.Create(name, services).Description}";

    // A TAB must not hang on a compose that does, nor end in its error.
    private static async Task<IEnumerable<string>> AskComposeAsync(
        Func<ComposeRunner, ProgramStart> start, CommandServices services)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var run = await services.Processes.CaptureAsync(start(new ComposeRunner(services)), deadline.Token);
            var lines = run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return run.ExitCode == 0 && lines.Length > 0
                ? lines.Where(suggestion => !IsOwnName(suggestion))
                : [NoFiles];
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return [NoFiles];
        }
        catch (PipCacheException)
        {
            return [NoFiles];
        }
    }

    // Compose has a `version` too; typed behind our name it is ours.
    private static bool IsOwnName(string suggestion) => OwnCommands.Contains(suggestion.Split('\t')[0]);

    // The option of ours that the word to be completed is a value of.
    private static PipCacheFlag? ValueWanted(string[] typed, string current)
    {
        var parts = current.Split('=', 2);
        return parts.Length > 1 ? OptionOf(parts[0]) : typed is [.., var last] ? OptionOf(last) : null;
    }

    private static PipCacheFlag? OptionOf(string word) =>
        word is ['-', '-', .. var name] && PipCacheFlags.Find(name) is { TakesValue: true } flag ? flag : null;
}
