using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Commands;

/// <summary>What the sub-commands of the tools do.</summary>
internal static class InstallerKnowledge
{
    private static readonly string[] FreshInstalls =
        ["--force-reinstall", "--ignore-installed", "--target", "--prefix", "--root"];

    public static bool IsInstaller(InstallerCommand command) => command.Tool switch
    {
        InstallerTool.Pip or InstallerTool.CondaRunPip => command.SubCommand is "install" or "download" or "wheel"
            or "lock",
        InstallerTool.Pipx => command.SubCommand is "install" or "install-all" or "inject" or "upgrade" or "run"
            or "upgrade-all" or "reinstall" or "reinstall-all",
        InstallerTool.Uv => command.SubCommand is "pip install" or "pip sync" or "pip compile" or "sync" or "add"
            or "run" or "lock" or "build" or "tool install" or "tool run" or "tool upgrade" or "remove",
        InstallerTool.Poetry => command.SubCommand is "install" or "add" or "update" or "lock" or "sync" or "self add"
            or "self update" or "self install" or "build",
        InstallerTool.Pipenv => command.SubCommand is "install" or "sync" or "update" or "lock" or "upgrade",
        InstallerTool.Pdm => command.SubCommand is "install" or "sync" or "add" or "update" or "lock" or "self add"
            or "build",
        _ => true,
    };

    public static bool IsAlreadyOffline(InstallerCommand command)
    {
        var arguments = command.Arguments;
        return command.IsInstaller && arguments.IsNoIndex
            && (arguments.FindLinks.Any() || arguments.LocalProjects.Any());
    }

    public static bool NeedsLock(InstallerCommand command)
    {
        if (!command.IsInstaller || command.IsAlreadyOffline)
        {
            return false;
        }

        return command.Tool switch
        {
            InstallerTool.GetPip or InstallerTool.Pipx => true,
            InstallerTool.Pip or InstallerTool.CondaRunPip => HasRequirements(command) && !IsHarmless(command),
            _ => false,
        };
    }

    // `pip install --upgrade pip` finds the pip that runs and is content
    private static bool IsHarmless(InstallerCommand command)
    {
        var arguments = command.Arguments;
        var isLocal = arguments.IsNoDeps && arguments.Operands.Count > 0
            && arguments.Operands.All(operand => operand.EndsWith(".whl", StringComparison.OrdinalIgnoreCase)
                && Requirement.Classify(operand) == RequirementKind.Local);
        var isPipAlone = command.SubCommand == "install" && arguments.Operands.Count > 0
            && arguments.Operands.All(operand => operand.Equals("pip", StringComparison.OrdinalIgnoreCase));
        return !command.TakesInput && !arguments.RequirementFiles.Any() && !arguments.Editables.Any()
            && !arguments.Has("--group") && (isLocal || (isPipAlone && !FreshInstalls.Any(arguments.Has)));
    }

    private static bool HasRequirements(InstallerCommand command) =>
        command.TakesInput || command.Arguments.Operands.Count > 0 || command.Arguments.RequirementFiles.Any()
        || command.Arguments.Editables.Any() || command.Arguments.Has("--group")
        || command.Arguments.Has("--requirements-from-script");
}
