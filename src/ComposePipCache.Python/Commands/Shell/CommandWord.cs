namespace ComposePipCache.Python.Commands.Shell;

/// <summary>A word as its command sees it.</summary>
/// <param name="Text">The characters; where a value is not known, the expansion as it is written.</param>
internal sealed record CommandWord(string Text)
{
    /// <summary>True when the command sees something else than the text, which only the run can tell.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Where the word stands when the arguments hold it literally and without quotes.</summary>
    public TextSpan? Span { get; init; }

    public ShellWord? Source { get; init; }

    /// <summary>The last part of a program's path.</summary>
    public string FileName => Text[(Text.LastIndexOf('/') + 1)..];
}
