using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Resolving;

/// <summary>The variables of a command that is run before its step: the step's own, and what builds inherit.</summary>
internal static class ResolveEnvironment
{
    private const string Path = "PATH";
    private const string PathMark = Path + "=";
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static IReadOnlyDictionary<string, string?> Build(
        InstallerCommand command, RunStep step)
    {
        var variables = command.EnvironmentChanges.ToDictionary();
        if (command.ActivatedEnvironment is { } folder)
        {
            variables["VIRTUAL_ENV"] = folder;
            variables[Path] = $"{folder}/bin:{variables.GetValueOrDefault(Path) ?? PathOf(step) ?? DefaultPath}";
        }

        return variables;
    }

    private static string? PathOf(RunStep step) =>
        step.Environment.LastOrDefault(variable => variable.StartsWith(PathMark, StringComparison.Ordinal))
            ?[PathMark.Length..];
}
