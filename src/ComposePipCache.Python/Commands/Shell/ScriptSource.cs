namespace ComposePipCache.Python.Commands.Shell;

/// <summary>Shell text and the place in the step's arguments that it is a copy of.</summary>
/// <param name="Text">The text.</param>
/// <param name="ArgumentIndex">The argument it stands in character by character; negative for none.</param>
/// <param name="Offset">Where in the argument it begins.</param>
internal sealed record ScriptSource(string Text, int ArgumentIndex = -1, int Offset = 0)
{
    public TextSpan? Span(int start, int end) =>
        ArgumentIndex < 0 ? null : new TextSpan(ArgumentIndex, Offset + start, end - start);

    public ScriptSource Part(int start, int length) =>
        new(Text.Substring(start, length), ArgumentIndex, Offset + start);
}
