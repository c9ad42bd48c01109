using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>One call of a tool that installs Python packages.</summary>
public sealed record InstallerCommand
{
    public required InstallerTool Tool { get; init; }

    /// <summary>The program as it is written: <c>pip</c>, <c>/venv/bin/pip</c>, <c>python3.11 -m pip</c>.</summary>
    public required string Program { get; init; }

    /// <summary><c>install</c>, <c>download</c>, <c>pip install</c> (uv) …; empty when there is none.</summary>
    public required string SubCommand { get; init; }

    public required PipArguments Arguments { get; init; }

    /// <summary>Where the command stands, from its first word to its last; null outside the arguments' text.</summary>
    public TextSpan? Span { get; init; }

    /// <summary>The folder the command runs in; null when a <c>cd</c> leads to where nobody knows.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The virtual environment that the step activates first.</summary>
    public string? ActivatedEnvironment { get; init; }

    /// <summary>Variables the step itself sets for it; null where it unsets one or the value is unknown.</summary>
    public required IReadOnlyDictionary<string, string?> EnvironmentChanges { get; init; }

    /// <summary>Why the step's environment does not reach the command: <c>sudo</c>, <c>--isolated</c> …</summary>
    public string? ClearedBy { get; init; }

    /// <summary>The user that <c>su</c>, <c>sudo</c> or <c>gosu</c> changes to.</summary>
    public string? OtherUser { get; init; }

    /// <summary>True in a branch, a loop or a function, and behind <c>||</c>.</summary>
    public bool IsConditional { get; init; }

    /// <summary>True when nothing that matters runs before it: it can be tried on the step's parent.</summary>
    public bool IsReplayable { get; init; }

    /// <summary>True when requirements come through a pipe, by <c>xargs</c> or <c>-r /dev/stdin</c>.</summary>
    public bool TakesInput { get; init; }

    /// <summary>Files that are written into that pipe, as far as the step names them.</summary>
    public IReadOnlyList<string> InputFiles { get; init; } = [];

    /// <summary>What is written into that pipe, when it is a here-document.</summary>
    public string? InputText { get; init; }

    /// <summary>True when packages are installed, built or downloaded, as opposed to listed.</summary>
    public bool IsInstaller => InstallerKnowledge.IsInstaller(this);

    public bool IsPip => Tool is InstallerTool.Pip or InstallerTool.CondaRunPip;

    /// <summary>True when the author has it install from local files alone.</summary>
    public bool IsAlreadyOffline => InstallerKnowledge.IsAlreadyOffline(this);

    /// <summary>True when the files it takes from an index have to be known to run it without one.</summary>
    public bool NeedsLock => InstallerKnowledge.NeedsLock(this);

    /// <summary>True when pip may print the find-links it was given: <c>freeze</c>, <c>list</c>.</summary>
    public bool PrintsFindLinks => IsPip && SubCommand is "freeze" or "list";

    /// <summary>The words up to the tool's first argument, without what is wrapped around them.</summary>
    internal IReadOnlyList<CommandWord> ProgramWords { get; init; } = [];

    /// <summary>The words <c>--no-cache-dir</c> that may go: pip then uses the cache the build gives it.</summary>
    internal IEnumerable<TextSpan> RemovableWords =>
        IsPip && ClearedBy is null && OtherUser is null && !Arguments.Has("--cache-dir")
            && !EnvironmentChanges.ContainsKey("PIP_CACHE_DIR")
            ? Arguments.Options.Where(option => option is { Name: "--no-cache-dir", Value: null, Span: not null })
                .Select(option => option.Span!.Value)
            : [];

    /// <summary>The command without credentials.</summary>
    public override string ToString() => string.Join(
        ' ', new[] { UrlCredentials.Redact(Program), SubCommand, Arguments.ToString() }.Where(part => part.Length > 0));
}
