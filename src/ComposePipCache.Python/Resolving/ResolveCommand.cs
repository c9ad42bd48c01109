using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Resolving;

/// <summary>A command to run on the step's parent, instead of one of the step's own.</summary>
public sealed record ResolveCommand
{
    /// <summary>The command of the step.</summary>
    public required InstallerCommand Source { get; init; }

    /// <summary>The program and its arguments; credentials of indexes are in them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables that differ from the step's own environment; null takes one away.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Where pip writes its report (see <see cref="PipReport"/>); null where it knows none.</summary>
    public string? Report { get; init; }

    /// <summary>Where pip puts the files themselves, before 22.2; null where it reports them.</summary>
    public string? Downloads { get; init; }

    /// <summary>True behind a command that may change pip: the step's own run may choose other files.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>The command of the step, without credentials.</summary>
    public override string ToString() => Source.ToString();
}
