using ComposePipCache.Python.Commands.Shell;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Commands;

/// <summary>Puts together what a command's words and its circumstances say.</summary>
internal static class InstallerFactory
{
    private static readonly string[] Inputs = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "-"];

    // a build steers pip by these: a step that changes one itself takes the wheel
    private static readonly string[] Switches = ["PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_LOG"];

    public static InstallerCommand Create(StepReader reader, CommandContext context, ParsedArguments parsed)
    {
        var isPip = parsed.Tool == InstallerTool.Pip;
        var tool = isPip && context.Wrapper.Length > 0 ? InstallerTool.CondaRunPip : parsed.Tool;
        var arguments = Arguments(context, parsed);
        var takesInput = context.TakesInput || arguments.RequirementFiles.Any(Inputs.Contains);
        var feed = takesInput ? PipeFeed.Of(context, reader.Expander) : new PipeFeed();
        var changed = Array.Find(Switches, context.State.Changes.ContainsKey);
        var clearedBy = context.ClearedBy
            ?? (isPip && arguments.IsIsolated ? "--isolated" : changed is null ? null : $"a change of {changed}");
        return new InstallerCommand
        {
            Tool = tool,
            Program = "",
            SubCommand = parsed.SubCommand,
            Arguments = arguments,
            Span = context.Span,
            WorkingDirectory = context.State.WorkingDirectory,
            ActivatedEnvironment = context.State.ActivatedEnvironment,
            EnvironmentChanges = context.State.Changes,
            ClearedBy = clearedBy,
            OtherUser = context.OtherUser,
            IsConditional = context.IsConditional,
            IsReplayable = isPip && context.Wrapper.Length == 0 && !reader.HasRunOthers && !context.IsConditional
                && !takesInput && context.OtherUser is null && clearedBy is null && !arguments.IsDynamic,
            TakesInput = takesInput,
            InputFiles = feed.Files,
            InputText = feed.Text,
        };
    }

    private static PipArguments Arguments(CommandContext context, ParsedArguments parsed)
    {
        var isReached = context.ClearedBy is null && !parsed.Options.Any(option => option.Name == "--isolated");
        var usesPip = parsed.Tool is InstallerTool.Pip or InstallerTool.Pipx or InstallerTool.GetPip;
        var environment = usesPip && isReached ? PipEnvironment.Options(context.State.PipVariables) : [];
        return new PipArguments([.. environment, .. parsed.Options, .. PipArgs(parsed.Options)], parsed.Operands);
    }

    /// <summary>What pipx passes on to pip.</summary>
    private static IReadOnlyList<PipOption> PipArgs(IEnumerable<PipOption> options)
    {
        var words = options.Where(option => option is { Name: "--pip-args", Value: not null })
            .SelectMany(option => ArgumentText.Split(option.Value!)).Select(text => new CommandWord(text)).ToList();
        var parser = new PipOptionParser(PipOptionTable.Pip, words);
        parser.Read(0);
        return parser.Options;
    }
}
