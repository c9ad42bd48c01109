using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Resolving;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>Tells whether what pip will take can be known without asking pip.</summary>
internal static class Foresight
{
    // whatever else a file of pip's sets may decide between files
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "index-url", "extra-index-url", "trusted-host", "timeout", "default-timeout", "retries", "cache-dir",
        "no-cache-dir", "disable-pip-version-check", "break-system-packages", "root-user-action", "no-compile",
        "no-warn-script-location", "progress-bar", "no-color", "quiet", "verbose", "no-input",
    };

    // files come from elsewhere
    private static readonly string[] OtherSources = ["--find-links", "--no-index"];

    // of one command of several, while the indexes of a step are taken together
    private static readonly string[] OwnIndexes = ["--index-url", "--extra-index-url"];

    /// <summary>Whether everything that decides between files is known outside of the step's container.</summary>
    /// <param name="step">Has no secret: that may be a file of pip's.</param>
    /// <param name="inputs">Names all requirements.</param>
    /// <param name="commands">Are all that the step installs from an index.</param>
    public static bool IsPossible(PipStep step, StepInputs inputs, ResolveCommands commands) =>
        commands.IsComplete
        && inputs.Requirements is { IsComplete: true, StaysOnline.Count: 0 } requirements
        && commands.Commands.Count == requirements.Commands.Count
        && commands.Commands.All(command => !command.IsApproximate)
        && !HasOption(requirements, OtherSources)
        && (requirements.Commands.Count == 1 || !HasOption(requirements, OwnIndexes))
        && inputs.Config.Options.All(Harmless.Contains)
        && step.Exec.Mounts.All(mount => mount.MountType != MountType.Secret)
        && step.Exec.Secretenv.All(secret => secret.ID.StartsWith(step.SwitchPrefix, StringComparison.Ordinal));

    private static bool HasOption(StepRequirements requirements, string[] names) =>
        requirements.Commands.Any(command => command.Options.Any(option => names.Contains(option.Name)));
}
