using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Options and operands as a tool's table has them, and the position behind them.</summary>
internal sealed record ParsedArguments(
    IReadOnlyList<PipOption> Options, IReadOnlyList<CommandWord> Operands, int End)
{
    public InstallerTool Tool { get; init; }

    public string SubCommand { get; init; } = "";
}
