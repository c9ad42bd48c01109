using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Resolving;

/// <summary>
/// What to run in a container on a step's parent to learn the exact files of the step. It changes nothing that the
/// step will see, and all that the parent has already is named as well: the answer holds for any parent.
/// </summary>
public sealed class ResolveCommands
{
    private ResolveCommands(IReadOnlyList<ResolveCommand> commands, IReadOnlyList<string> gaps)
    {
        Commands = commands;
        Gaps = gaps;
    }

    /// <summary>In the order of the step.</summary>
    public IReadOnlyList<ResolveCommand> Commands { get; }

    /// <summary>Which commands of the step can be learned only by running it, and why; for people.</summary>
    public IReadOnlyList<string> Gaps { get; }

    /// <summary>True when the commands tell all files of the step.</summary>
    public bool IsComplete => Gaps.Count == 0;

    /// <summary>Why not all of it can be resolved; null when it can.</summary>
    public string? NotResolvable => Gaps.Count == 0 ? null : Gaps[0];

    public static ResolveCommands For(StepAnalysis step, ResolveSettings settings)
    {
        var commands = new List<ResolveCommand>();
        var gaps = new List<string>();
        var isPipChanged = false;
        foreach (var command in step.Commands.Where(TakesFromIndex))
        {
            if (ResolveGap.Of(command, settings) is { } reason)
            {
                gaps.Add($"`{command}`: {reason}");
                continue;
            }

            var name = $"{settings.Folder.TrimEnd('/')}/{commands.Count + 1}";
            var isDryRun = DryRunArguments.IsPossible(command, settings);
            commands.Add(new ResolveCommand
            {
                Source = command,
                Arguments = DryRunArguments.Build(command, settings, isDryRun ? $"{name}.json" : name),
                Environment = ResolveEnvironment.Build(command, step.Step),
                WorkingDirectory = command.WorkingDirectory!,
                Report = isDryRun ? $"{name}.json" : null,
                Downloads = isDryRun ? null : name,
                IsApproximate = isPipChanged,
            });
            isPipChanged |= InstallsPip(command);
        }

        return new ResolveCommands(commands, gaps);
    }

    private static bool TakesFromIndex(InstallerCommand command)
    {
        var arguments = command.Arguments;
        // with these, pip tells about itself and ends
        var isQuestion = arguments.Has("--help") || arguments.Has("--version");
        return command.IsInstaller && !command.IsAlreadyOffline && !isQuestion
            && (!command.IsPip || command.NeedsLock || (arguments.IsUpgrade && InstallsPip(command)));
    }

    private static bool InstallsPip(InstallerCommand command) =>
        command.Arguments.NamedRequirements.Any(operand => Requirement.Parse(operand).Name == "pip");
}
