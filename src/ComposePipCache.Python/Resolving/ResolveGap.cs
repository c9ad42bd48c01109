using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Resolving;

/// <summary>Why a command cannot be run before its step.</summary>
internal static class ResolveGap
{
    // a program is found or behaves by these
    private static readonly string[] Decisive = ["PATH", "HOME", "PYTHONPATH", "VIRTUAL_ENV", "NETRC"];

    private static readonly (int, int) Oldest = (9, 0);

    /// <summary>Null when nothing speaks against it.</summary>
    public static string? Of(InstallerCommand command, ResolveSettings settings) =>
        command.Tool != InstallerTool.Pip ? OtherTool(command)
        : command.OtherUser is { } user ? $"it runs as {user}"
        : command.ClearedBy is { } cause ? $"{cause} hides the build's settings from it"
        : command.TakesInput ? "its requirements come through a pipe"
        : command.IsConditional ? "it stands in a branch, a loop or a function"
        : command.Arguments.IsDynamic || command.ProgramWords.Any(word => word.IsDynamic)
            || command.WorkingDirectory is null ? "a word of it is known only when the step runs"
        : !command.IsReplayable ? "other commands run before it"
        : Unreadable(command) ?? OldPip(settings);

    private static string OtherTool(InstallerCommand command) => command.Tool switch
    {
        InstallerTool.Uv => "uv chooses its files by itself",
        InstallerTool.CondaRunPip => "conda chooses the interpreter",
        InstallerTool.GetPip => "the script brings a pip of its own",
        InstallerTool.Indirect or InstallerTool.SetupPy => "what it installs is not written in the step",
        var tool => $"{tool.ToString().ToLowerInvariant()} chooses its files by itself",
    };

    private static string? Unreadable(InstallerCommand command)
    {
        var unknown = command.Arguments.Options.FirstOrDefault(
            option => !option.IsFromEnvironment && PipOptionTable.Pip.Find(option.Name) is null);
        var variable = command.EnvironmentChanges.FirstOrDefault(
            change => change.Value is null && Decisive.Contains(change.Key));
        var values = command.Arguments.Options.Where(option => !option.IsFromEnvironment)
            .Select(option => option.Value);
        var texts = command.Arguments.Operands.Concat(values);
        return command.SubCommand == "lock" ? "it writes a lock file"
            : unknown is not null ? $"its option {unknown.Name} is not known"
            : variable.Key is not null ? $"the value of {variable.Key} is known only when the step runs"
            : texts.FirstOrDefault(IsPattern) is { } pattern ? $"the shell replaces {UrlCredentials.Redact(pattern)}"
            : null;
    }

    // what stands for versions is no pattern: no file begins with foo==1.
    private static bool IsPattern(string? text) =>
        text is not null && (text.StartsWith('~') || text.Contains('{', StringComparison.Ordinal)
            || (text.AsSpan().IndexOfAny('*', '?') >= 0 && Requirement.Classify(text) == RequirementKind.Local));

    private static string? OldPip(ResolveSettings settings) =>
        settings.PipVersion.Length == 0 || SupportedTags.TwoNumbers(settings.PipVersion).CompareTo(Oldest) < 0
            ? "its pip is too old to tell"
            : null;
}
