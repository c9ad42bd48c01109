using ComposePipCache.Build;

namespace ComposePipCache.Cli.Processes;

/// <summary>A program to be started: its file, its arguments without the name, and its whole environment.</summary>
internal sealed record ProgramStart(string Path, IReadOnlyList<string> Arguments, EnvironmentSnapshot Environment)
{
    /// <summary>Whether its standard output is for a reader, and so goes to standard error.</summary>
    public bool IsOutputForReader { get; init; }
}
